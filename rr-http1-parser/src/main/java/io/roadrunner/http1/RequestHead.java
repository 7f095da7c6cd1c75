package io.roadrunner.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Request line and fields of a request, checked as far as the HTTP/1.1 grammar goes. What percent
 * escapes and dot segments in the path mean is for the application to decide: {@code %00}, {@code
 * %2F}, overlong UTF-8 and {@code /../} are still in there.
 *
 * <p>Immutable, and safe to hand to other threads. The head is one copy of its bytes; texts are
 * made when they are asked for.
 */
public final class RequestHead implements Http1Event {
  private final String method;
  private final TargetForm form;
  private final int targetStart;
  private final int targetEnd;
  private final int authorityStart;
  private final int authorityEnd;
  private final int pathStart;
  private final int pathEnd;
  private final HttpVersion version;
  private final FieldLines fields;
  private final BodyFraming framing;
  private final Persistence persistence;
  private final Expectation expectation;
  private final boolean upgrade;
  private @Nullable String path;

  RequestHead(RequestLine line, RequestRules rules, FieldLines fields) {
    this.method = line.method();
    this.form = line.target().form();
    this.targetStart = line.target().start();
    this.targetEnd = line.target().end();
    this.authorityStart = rules.authorityStart();
    this.authorityEnd = rules.authorityEnd();
    this.pathStart = line.target().pathStart();
    this.pathEnd = line.target().pathEnd();
    this.version = line.version();
    this.fields = fields;
    this.framing = rules.framing();
    this.persistence = rules.persistence();
    this.expectation = rules.expectation();
    this.upgrade = rules.upgrade();
  }

  /**
   * {@return the method as received; methods are case-sensitive} Those of RFC 9110 §9.3 and {@code
   * PATCH} are literals, so that {@code ==} and {@code switch} are cheap on them.
   */
  public String method() {
    return method;
  }

  /** {@return the request target in the form it has} Made anew by each call. */
  public RequestTarget target() {
    return switch (form) {
      case ORIGIN -> new RequestTarget.OriginForm(rawPath(), query());
      case ABSOLUTE -> absoluteForm();
      case AUTHORITY -> new RequestTarget.AuthorityForm(rawTarget());
      case ASTERISK -> RequestTarget.AsteriskForm.INSTANCE;
    };
  }

  private RequestTarget absoluteForm() {
    String scheme = text(targetStart, authorityStart - "://".length());
    return new RequestTarget.AbsoluteForm(scheme, authority(), rawPath(), query());
  }

  /** {@return the request target as received} */
  public String rawTarget() {
    return text(targetStart, targetEnd);
  }

  /**
   * {@return the path as received, without the query} An absolute target without a path has the
   * path {@code /}, or {@code *} if the method is {@code OPTIONS} (RFC 9112 §3.2.4); the path of
   * the asterisk-form is {@code *}; that of the authority-form is the empty string.
   */
  public String path() {
    String known = path;
    if (known == null) {
      known = makePath();
      path = known;
    }
    return known;
  }

  private String makePath() {
    if (pathStart == pathEnd && form == TargetForm.ABSOLUTE) {
      return method.equals("OPTIONS") && pathEnd == targetEnd ? "*" : "/";
    }
    return rawPath();
  }

  private String rawPath() {
    return text(pathStart, pathEnd);
  }

  /**
   * {@return whether the bytes of the path, as received, are these} Makes no garbage; for routers.
   *
   * @param expected the raw path in ASCII
   */
  public boolean pathEquals(byte[] expected) {
    return Arrays.equals(fields.bytes(), pathStart, pathEnd, expected, 0, expected.length);
  }

  /** {@return the query as received, without its question mark; {@code /a?} has an empty one} */
  public Optional<String> query() {
    return form == TargetForm.AUTHORITY || pathEnd == targetEnd
        ? Optional.empty()
        : Optional.of(text(pathEnd + 1, targetEnd));
  }

  /** {@return version of the request line} */
  public HttpVersion version() {
    return version;
  }

  /** {@return the header fields} */
  public FieldLines fields() {
    return fields;
  }

  /** {@return how the end of the body is found: {@code None}, {@code Length} or {@code Chunked}} */
  public BodyFraming framing() {
    return framing;
  }

  /** {@return whether the client would send another request on this connection} */
  public Persistence persistence() {
    return persistence;
  }

  /** {@return what the client expects before it sends the body} */
  public Expectation expectation() {
    return expectation;
  }

  /**
   * {@return the protocols that the client offers to switch to, in order of preference, such as
   * {@code websocket} (RFC 9110 §7.8)} Empty unless the request is HTTP/1.1 and its {@code
   * Connection} fields say {@code upgrade}; elements that are no protocol names are left out.
   */
  public List<String> upgradeProtocols() {
    return upgrade ? ListElements.protocols(fields, "upgrade") : List.of();
  }

  /**
   * {@return host and optional port that the request is for, as received: from the target if that
   * has an authority, otherwise from the {@code Host} field} The empty string if an HTTP/1.0
   * request names none.
   */
  public String authority() {
    return text(authorityStart, authorityEnd);
  }

  private String text(int start, int end) {
    return new String(fields.bytes(), start, end - start, ISO_8859_1);
  }

  /** The request line, for people. */
  @Override
  public String toString() {
    return method + " " + rawTarget() + " " + version;
  }
}
