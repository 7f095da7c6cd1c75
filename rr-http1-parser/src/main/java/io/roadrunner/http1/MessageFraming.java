package io.roadrunner.http1;

import static io.roadrunner.http1.KnownFields.CONTENT_LENGTH;
import static io.roadrunner.http1.KnownFields.TRANSFER_ENCODING;

/** Decides where the body ends, in the order of RFC 9112 §6.3. */
final class MessageFraming {
  private static final int MAX_LENGTH_DIGITS = 19;

  private MessageFraming() {}

  static BodyFraming ofRequest(HttpVersion version, FieldLines fields, KnownFields known) {
    return declared(version, fields, known, BodyFraming.None.INSTANCE);
  }

  /**
   * Framing of a response.
   *
   * @param method method of the request, or the empty string if nobody said
   */
  static BodyFraming ofResponse(
      String method, StatusLine line, FieldLines fields, KnownFields known) {
    BodyFraming declared = declared(line.version(), fields, known, BodyFraming.UntilClose.INSTANCE);
    int status = line.status();
    boolean bodiless =
        method.equals("HEAD")
            || status < 200
            || status == 204
            || status == 304
            || isTunnel(method, status);
    return bodiless ? BodyFraming.None.INSTANCE : declared;
  }

  /** Whether the connection is a tunnel from here on: RFC 9112 §6.3, second rule. */
  static boolean isTunnel(String method, int status) {
    return status / 100 == 2 && method.equals("CONNECT");
  }

  private static BodyFraming declared(
      HttpVersion version, FieldLines fields, KnownFields known, BodyFraming otherwise) {
    if (known.has(TRANSFER_ENCODING)) {
      return coding(version, fields, known);
    }
    if (known.has(CONTENT_LENGTH)) {
      if (known.isRepeated(CONTENT_LENGTH)) {
        throw Http1Violation.REPEATED_LENGTH.exception();
      }
      return length(fields, known.first(CONTENT_LENGTH));
    }
    return otherwise;
  }

  private static BodyFraming coding(HttpVersion version, FieldLines fields, KnownFields known) {
    // RFC 9112 §6.1 and §6.3 let a server go on with some of these; each one may be an attempt to
    // smuggle a request past somebody who reads it differently.
    if (known.has(CONTENT_LENGTH)) {
      throw Http1Violation.LENGTH_AND_CODING.exception();
    }
    if (version == HttpVersion.HTTP_1_0) {
      throw Http1Violation.CODING_IN_HTTP_1_0.exception();
    }
    if (known.isRepeated(TRANSFER_ENCODING)) {
      throw Http1Violation.REPEATED_CODING.exception();
    }
    int line = known.first(TRANSFER_ENCODING);
    if (!fields.valueEqualsIgnoreCase(line, "chunked")) {
      throw refusal(fields, line).exception();
    }
    return BodyFraming.Chunked.INSTANCE;
  }

  private static Http1Violation refusal(FieldLines fields, int line) {
    int start = fields.valueStart(line);
    int end = fields.valueEnd(line);
    boolean loneToken = start < end && Scan.skip(fields.bytes(), start, end, Ascii.TCHAR) == end;
    return loneToken && !fields.valueEqualsIgnoreCase(line, "identity")
        ? Http1Violation.UNKNOWN_CODING
        : Http1Violation.BAD_CODING;
  }

  private static BodyFraming length(FieldLines fields, int line) {
    byte[] b = fields.bytes();
    int start = fields.valueStart(line);
    int digits = fields.valueEnd(line) - start;
    // A leading zero is within the grammar, but some read such a number as octal.
    if (digits == 0 || digits > MAX_LENGTH_DIGITS || (digits > 1 && b[start] == '0')) {
      throw Http1Violation.BAD_LENGTH.exception();
    }
    long length = 0;
    for (int i = start; i < start + digits; i++) {
      if (!Ascii.isDigit(b[i])) {
        throw Http1Violation.BAD_LENGTH.exception();
      }
      length = 10 * length + b[i] - '0';
    }
    // Nineteen digits are less than 2^64, so what is too large for a long has its sign bit set.
    if (length < 0) {
      throw Http1Violation.BAD_LENGTH.exception();
    }
    return length == 0 ? BodyFraming.Length.ZERO : new BodyFraming.Length(length);
  }
}
