package io.roadrunner.server.http1;

import io.roadrunner.server.Response;
import io.roadrunner.server.ResponseBody;
import io.roadrunner.server.http1.ResponseHead.ConnectionLine;
import io.roadrunner.server.http1.ResponseHead.Framing;
import io.roadrunner.server.pipeline.OwnFields;
import java.util.OptionalLong;

/**
 * How a response goes out as a message: framing, whether content is sent, what the head says about
 * the connection.
 *
 * @param framing how the end will be known
 * @param content whether the body itself is sent
 * @param connection what the head says
 */
record ResponsePlan(Framing framing, Content content, ConnectionLine connection) {

  /** Whether the body is sent. */
  enum Content {
    SENT,
    LEFT_OUT
  }

  private static final int RESET_CONTENT = 205;

  private static final Framing BODILESS = new Framing.Bodiless();
  private static final Framing EMPTY = new Framing.Length(0);
  private static final Framing CHUNKED = new Framing.Chunked();
  private static final Framing UNTIL_CLOSE = new Framing.UntilClose();

  static ResponsePlan of(Http1Exchange exchange, Response response, boolean keepAlive) {
    int status = response.status();
    boolean bodiless = status == 204 || status == 304;
    Framing framing = bodiless ? BODILESS : framing(exchange, response);
    boolean close =
        !keepAlive
            || framing instanceof Framing.UntilClose
            || OwnFields.sayClose(response.headers());
    ConnectionLine line =
        close
            ? ConnectionLine.CLOSE
            : exchange.isHttp10() ? ConnectionLine.KEEP_ALIVE : ConnectionLine.NONE;
    // RFC 9110 §9.3.2, §15.3.5, §15.3.6, §15.4.5: no content for HEAD, 204, 205 and 304.
    boolean without = bodiless || status == RESET_CONTENT || exchange.isHead();
    Content content = without ? Content.LEFT_OUT : Content.SENT;
    return new ResponsePlan(framing, content, line);
  }

  private static Framing framing(Http1Exchange exchange, Response response) {
    if (response.status() == RESET_CONTENT) {
      return EMPTY;
    }
    OptionalLong length = length(response.body());
    if (length.isPresent()) {
      return new Framing.Length(length.getAsLong());
    }
    // RFC 9112 §6.1: no chunks to a client that does not say HTTP/1.1.
    return exchange.isHttp10() ? UNTIL_CLOSE : CHUNKED;
  }

  static OptionalLong length(ResponseBody body) {
    return switch (body) {
      case ResponseBody.Empty e -> OptionalLong.of(0);
      case ResponseBody.Bytes b -> OptionalLong.of(b.length());
      case ResponseBody.FileRegion f -> OptionalLong.of(f.count());
      case ResponseBody.Stream s -> s.length();
      case ResponseBody.WebSocket w -> OptionalLong.of(0);
    };
  }

  boolean closes() {
    return connection == ConnectionLine.CLOSE;
  }
}
