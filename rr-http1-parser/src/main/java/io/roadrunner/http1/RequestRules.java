package io.roadrunner.http1;

import static io.roadrunner.http1.KnownFields.EXPECT;
import static io.roadrunner.http1.KnownFields.HOST;

/** The rules about a request's fields, applied when the head is complete. */
final class RequestRules {
  private int authorityStart;
  private int authorityEnd;
  private BodyFraming framing = BodyFraming.None.INSTANCE;
  private Persistence persistence = Persistence.CLOSE;
  private Expectation expectation = Expectation.NONE;
  private boolean upgrade;

  int authorityStart() {
    return authorityStart;
  }

  int authorityEnd() {
    return authorityEnd;
  }

  BodyFraming framing() {
    return framing;
  }

  Persistence persistence() {
    return persistence;
  }

  Expectation expectation() {
    return expectation;
  }

  boolean upgrade() {
    return upgrade;
  }

  void apply(RequestLine line, FieldLines fields, KnownFields known) {
    HttpVersion version = line.version();
    if (line.target().form() == TargetForm.ASTERISK && !line.method().equals("OPTIONS")) {
      // RFC 9112 §3.2.4
      throw Http1Violation.TARGET_NOT_FOR_METHOD.exception();
    }
    host(line.target(), version, fields, known);
    framing = MessageFraming.ofRequest(version, fields, known);
    persistence = ConnectionRules.persistence(version, fields, known);
    upgrade = ConnectionRules.offersUpgrade(version, fields, known);
    expectation = known.has(EXPECT) ? expectation(version, fields, known) : Expectation.NONE;
  }

  /** RFC 9112 §3.2. */
  private void host(Target target, HttpVersion version, FieldLines fields, KnownFields known) {
    authorityStart = 0;
    authorityEnd = 0;
    if (known.has(HOST)) {
      if (known.isRepeated(HOST)) {
        throw Http1Violation.REPEATED_HOST.exception();
      }
      authorityStart = fields.valueStart(known.first(HOST));
      authorityEnd = fields.valueEnd(known.first(HOST));
      if (!Authority.isValid(fields.bytes(), authorityStart, authorityEnd)) {
        throw Http1Violation.BAD_HOST.exception();
      }
    } else if (version == HttpVersion.HTTP_1_1) {
      throw Http1Violation.MISSING_HOST.exception();
    }
    switch (target.form()) {
      case ORIGIN, ASTERISK -> {}
      case ABSOLUTE -> {
        if (known.has(HOST) && !sameAuthority(target, fields.bytes())) {
          throw Http1Violation.AUTHORITY_MISMATCH.exception();
        }
        targetWins(target);
      }
      case AUTHORITY -> targetWins(target);
    }
  }

  private boolean sameAuthority(Target target, byte[] b) {
    int length = authorityEnd - authorityStart;
    if (target.authorityEnd() - target.authorityStart() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (Ascii.lower(b[authorityStart + i]) != Ascii.lower(b[target.authorityStart() + i])) {
        return false;
      }
    }
    return true;
  }

  private void targetWins(Target target) {
    authorityStart = target.authorityStart();
    authorityEnd = target.authorityEnd();
  }

  /** RFC 9110 §10.1.1. */
  private Expectation expectation(HttpVersion version, FieldLines fields, KnownFields known) {
    int line = known.first(EXPECT);
    if (known.isRepeated(EXPECT) || !fields.valueEqualsIgnoreCase(line, "100-continue")) {
      return Expectation.UNKNOWN;
    }
    boolean hasBody =
        switch (framing) {
          case BodyFraming.None none -> false;
          case BodyFraming.Length length -> length.bytes() > 0;
          case BodyFraming.Chunked chunked -> true;
          case BodyFraming.UntilClose untilClose -> true;
        };
    return hasBody && version == HttpVersion.HTTP_1_1 ? Expectation.CONTINUE : Expectation.NONE;
  }
}
