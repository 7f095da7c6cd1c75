package io.roadrunner.http2;

import io.roadrunner.hpack.HeaderSink;
import io.roadrunner.hpack.Sensitivity;
import io.roadrunner.http2.frame.Http2Violation;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes the fields of one header block as they are decoded, and checks them one by one (RFC 9113
 * §8.2, §8.3). After the first fault the others are passed over: they have to be decoded, and that
 * is all.
 */
final class FieldCollector implements HeaderSink {
  /** What the block is. */
  enum Section {
    HEAD,
    TRAILERS,
    /** Fields that nobody will see. */
    DISCARDED
  }

  private static final int FIRST_LINES = 16;

  private Section section = Section.DISCARDED;
  private @Nullable Http2Violation violation;
  private String[] lines = new String[2 * FIRST_LINES];
  private int length;
  private int cookie;
  private @Nullable StringBuilder cookies;

  @Nullable String method;
  @Nullable String scheme;
  @Nullable String authority;
  @Nullable String path;
  @Nullable String protocol;
  @Nullable String host;
  @Nullable String priority;
  long contentLength;

  void begin(Section next) {
    section = next;
    violation = null;
    length = 0;
    cookie = -1;
    cookies = null;
    method = null;
    scheme = null;
    authority = null;
    path = null;
    protocol = null;
    host = null;
    priority = null;
    contentLength = Http2Stream.NO_CONTENT_LENGTH;
  }

  /** The first rule that was broken. */
  @Nullable Http2Violation violation() {
    return violation;
  }

  /** The fields that are not pseudo-header fields, nor host. */
  Fields fields() {
    if (cookies != null) {
      lines[cookie] = cookies.toString();
    }
    Fields fields = Fields.copyOf(lines, length);
    Arrays.fill(lines, 0, length, "");
    return fields;
  }

  @Override
  public void accept(String name, String value, Sensitivity sensitivity) {
    if (section == Section.DISCARDED || violation != null) {
      return;
    }
    if (!name.isEmpty() && name.charAt(0) == ':') {
      violation = pseudo(name, value);
    } else if (!FieldRules.isName(name)) {
      violation = Http2Violation.BAD_FIELD_NAME;
    } else if (!FieldRules.isValue(value)) {
      violation = Http2Violation.BAD_FIELD_VALUE;
    } else {
      violation = section == Section.HEAD ? field(name, value) : trailer(name, value);
    }
  }

  /** RFC 9113 §8.3: known, once, ahead of all others, and not among trailers. */
  private @Nullable Http2Violation pseudo(String name, String value) {
    if (section == Section.TRAILERS || length > 0 || host != null) {
      return Http2Violation.BAD_PSEUDO_FIELD;
    }
    String earlier;
    switch (name) {
      case ":method" -> {
        earlier = method;
        method = value;
      }
      case ":scheme" -> {
        earlier = scheme;
        scheme = value;
      }
      case ":authority" -> {
        earlier = authority;
        authority = value;
      }
      case ":path" -> {
        earlier = path;
        path = value;
      }
      case ":protocol" -> {
        earlier = protocol;
        protocol = value;
      }
      default -> earlier = name;
    }
    return earlier == null ? null : Http2Violation.BAD_PSEUDO_FIELD;
  }

  private @Nullable Http2Violation field(String name, String value) {
    switch (name) {
      case "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade" -> {
        return Http2Violation.CONNECTION_FIELD; // RFC 9113 §8.2.2
      }
      case "te" -> {
        if (!FieldRules.equalsIgnoreCase(value, "trailers")) {
          return Http2Violation.CONNECTION_FIELD; // RFC 9113 §8.2.2
        }
      }
      case "host" -> {
        boolean again = host != null;
        host = value;
        return again ? Http2Violation.BAD_AUTHORITY : null;
      }
      case "content-length" -> {
        boolean again = contentLength != Http2Stream.NO_CONTENT_LENGTH;
        contentLength = contentLength(value);
        if (again || contentLength < 0) {
          return Http2Violation.BAD_CONTENT_LENGTH;
        }
      }
      case "cookie" -> {
        if (cookie >= 0) {
          join(value);
          return null;
        }
        cookie = length + 1;
      }
      case "priority" -> priority = value;
      default -> {}
    }
    add(name, value);
    return null;
  }

  private @Nullable Http2Violation trailer(String name, String value) {
    switch (name) {
      case "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade", "te" -> {
        return Http2Violation.CONNECTION_FIELD; // RFC 9113 §8.2.2
      }
      case "content-length", "host", "trailer", "authorization", "cookie" -> {
        return Http2Violation.FORBIDDEN_TRAILER; // RFC 9110 §6.5.1
      }
      default -> add(name, value);
    }
    return null;
  }

  /** RFC 9113 §8.2.3. */
  private void join(String crumb) {
    if (cookies == null) {
      cookies = new StringBuilder(lines[cookie]);
    }
    cookies.append("; ").append(crumb);
  }

  private void add(String name, String value) {
    if (length == lines.length) {
      lines = Arrays.copyOf(lines, 2 * length);
    }
    lines[length++] = name;
    lines[length++] = value;
  }

  /** {@code 1*DIGIT} of at most 18 digits; negative if it is something else. */
  private static long contentLength(String value) {
    if (value.isEmpty() || value.length() > 18) {
      return Http2Stream.NO_CONTENT_LENGTH;
    }
    long length = 0;
    for (int i = 0; i < value.length(); i++) {
      if (!FieldRules.is(value.charAt(i), FieldRules.DIGIT)) {
        return Http2Stream.NO_CONTENT_LENGTH;
      }
      length = 10 * length + value.charAt(i) - '0';
    }
    return length;
  }
}
