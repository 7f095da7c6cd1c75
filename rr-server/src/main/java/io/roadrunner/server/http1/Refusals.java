package io.roadrunner.server.http1;

import io.roadrunner.http1.BodyFraming;
import io.roadrunner.http1.Expectation;
import io.roadrunner.http1.Http1Violation;
import io.roadrunner.server.Response;
import io.roadrunner.server.ResponseBody;
import io.roadrunner.server.pipeline.Dispatcher;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Answers that no handler gives: to what is no request, and to requests that are not taken. */
final class Refusals {

  private Refusals() {}

  /** Returns why this request does not reach its handler, or null if it does. */
  static @Nullable Response of(Http1Exchange exchange, Dispatcher dispatcher) {
    long maxBodyBytes = dispatcher.maxBodyBytes(exchange.request());
    if (exchange.head().method().equals("CONNECT")) {
      // RFC 9110 §9.3.6: an origin server that makes no tunnels.
      return closing(501, "CONNECT is not supported\n");
    }
    if (exchange.head().expectation() == Expectation.UNKNOWN) {
      // RFC 9110 §10.1.1
      return closing(417, "only the expectation 100-continue is supported\n");
    }
    if (exchange.isMisdirected()) {
      return closing(421, "this connection is not for that host\n");
    }
    if (exchange.head().framing() instanceof BodyFraming.Length length
        && length.bytes() > maxBodyBytes) {
      return tooLarge(maxBodyBytes);
    }
    return null;
  }

  /** Returns the answer to a body that is over its limit (RFC 9110 §15.5.14). */
  static Response tooLarge(long maxBodyBytes) {
    return closing(413, "the body is larger than " + maxBodyBytes + " bytes\n");
  }

  /** Returns the answer to a request for whose handler there is no permit. */
  static Response overloaded(Http1Exchange exchange) {
    Response busy =
        Response.text("too many requests at the same time\n").status(503).with("retry-after", "1");
    return exchange.hasBody() ? busy.with("connection", "close") : busy;
  }

  private static Response closing(int status, String text) {
    return Response.text(text).status(status).with("connection", "close");
  }

  /** Writes the answer to a malformed message; the connection ends with it. */
  static void write(int status, String text, ByteBuffer out) {
    Response response = Response.text(text + "\n");
    if (response.body() instanceof ResponseBody.Bytes bytes) {
      ResponseHead.write(
          status,
          response.headers(),
          new ResponseHead.Framing.Length(bytes.length()),
          ResponseHead.ConnectionLine.CLOSE,
          out);
      bytes.copyTo(out);
    }
  }

  /** The most bytes that {@link #write} writes. */
  static final int MAX_SIZE = 1024;

  /** Returns what the peer is told about a violation: no byte of its own input. */
  static String text(Http1Violation violation) {
    return violation.text() + " (" + violation.section() + ")";
  }
}
