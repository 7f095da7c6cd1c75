package io.roadrunner.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Status line and fields of a response. Immutable, and safe to hand to other threads. */
public final class ResponseHead implements Http1Event {
  private final HttpVersion version;
  private final int status;
  private final int reasonStart;
  private final int reasonEnd;
  private final FieldLines fields;
  private final BodyFraming framing;
  private final Persistence persistence;

  ResponseHead(StatusLine line, FieldLines fields, BodyFraming framing, Persistence persistence) {
    this.version = line.version();
    this.status = line.status();
    this.reasonStart = line.reasonStart();
    this.reasonEnd = line.reasonEnd();
    this.fields = fields;
    this.framing = framing;
    this.persistence = persistence;
  }

  /** {@return version of the status line} */
  public HttpVersion version() {
    return version;
  }

  /** {@return status code, 100 to 599} */
  public int status() {
    return status;
  }

  /**
   * {@return whether another response to the same request follows: 1xx except 101 (RFC 9110 §15.2)}
   */
  public boolean isInterim() {
    return status < 200 && status != 101;
  }

  /** {@return reason phrase, ISO-8859-1; often the empty string} */
  public String reason() {
    return new String(fields.bytes(), reasonStart, reasonEnd - reasonStart, ISO_8859_1);
  }

  /** {@return the header fields} */
  public FieldLines fields() {
    return fields;
  }

  /** {@return how the end of the body is found, with the request's method taken into account} */
  public BodyFraming framing() {
    return framing;
  }

  /** {@return whether another response may follow; not if the body ends with the connection} */
  public Persistence persistence() {
    return persistence;
  }

  /** The status line, for people. */
  @Override
  public String toString() {
    return version + " " + status + " " + reason();
  }
}
