package io.roadrunner.server.http2;

import io.roadrunner.server.Response;
import io.roadrunner.server.ResponseBody;
import io.roadrunner.server.pipeline.OwnFields;
import java.util.OptionalLong;

/** Which responses have content, and what their heads say of it. */
final class ResponseShape {

  private static final int RESET_CONTENT = 205;

  private ResponseShape() {}

  /** RFC 9110 §9.3.2, §15.3.5, §15.3.6, §15.4.5: no content for HEAD, 204, 205 and 304. */
  static boolean hasContent(StreamRun stream, Response response) {
    return !stream.isHead() && !isBodiless(response) && response.status() != RESET_CONTENT;
  }

  private static boolean isBodiless(Response response) {
    return response.status() == 204 || response.status() == 304;
  }

  /**
   * Returns the fields of a response's head.
   *
   * @throws IllegalStateException if the handler's own content-length is wrong
   */
  static ResponseFields fields(StreamRun stream, Response response) {
    OptionalLong length = length(response.body());
    if (hasContent(stream, response)) {
      OwnFields.check(response.headers(), length);
    }
    long shown = length.orElse(ResponseFields.UNKNOWN);
    if (isBodiless(response)) {
      shown = ResponseFields.UNKNOWN;
    } else if (response.status() == RESET_CONTENT) {
      shown = 0;
    }
    return new ResponseFields(response.headers(), shown);
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
}
