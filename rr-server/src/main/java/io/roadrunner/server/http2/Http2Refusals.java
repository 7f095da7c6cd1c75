package io.roadrunner.server.http2;

import io.roadrunner.http2.RequestHead;
import io.roadrunner.server.Response;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Answers that no handler gives. */
final class Http2Refusals {

  private Http2Refusals() {}

  /** Returns why this request does not reach its handler, or null if it does. */
  static @Nullable Response of(StreamRun stream, RequestHead head, OptionalLong length) {
    Optional<String> expectation = head.fields().first("expect");
    if (expectation.isPresent() && !expectation.get().equalsIgnoreCase("100-continue")) {
      // RFC 9110 §10.1.1
      return Response.text("only the expectation 100-continue is supported\n").status(417);
    }
    long most = stream.maxBodyBytes();
    return length.isPresent() && length.getAsLong() > most ? tooLarge(most) : null;
  }

  /** Returns the answer to a request for a host that is somewhere else (RFC 9110 §15.5.20). */
  static Response misdirected() {
    return Response.text("this connection is not for that host\n").status(421);
  }

  static Response connect() {
    return Response.text("CONNECT is not supported\n").status(501);
  }

  /** Returns the answer to a request for a protocol that is not spoken here (RFC 8441 §4). */
  static Response notSpoken() {
    return Response.text("that protocol is not spoken here\n").status(501);
  }

  /** Returns the answer to a body that is over its limit (RFC 9110 §15.5.14). */
  static Response tooLarge(long maxBodyBytes) {
    return Response.text("the body is larger than " + maxBodyBytes + " bytes\n").status(413);
  }

  /** Returns the answer to a body that does not arrive (RFC 9110 §15.5.9). */
  static Response tooSlow() {
    return Response.text("the body arrives too slowly\n").status(408);
  }

  /** Returns the answer to a head that is over its limits (RFC 6585 §5). */
  static Response headTooLarge() {
    return Response.text("the header section is too large\n").status(431);
  }

  /** Returns the announced length; the protocol has checked that it is a number. */
  static OptionalLong contentLength(RequestHead head) {
    Optional<String> text = head.fields().first("content-length");
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    long length = 0;
    for (int i = 0; i < text.get().length(); i++) {
      length = 10 * length + text.get().charAt(i) - '0';
    }
    return OptionalLong.of(length);
  }
}
