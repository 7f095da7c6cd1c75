package io.roadrunner.websocket;

import java.util.List;

/**
 * The request is no handshake that may be accepted. Answer it as plain HTTP.
 *
 * @param status 400, 403 or 426
 * @param reason what was wrong, ending with the section of the RFC
 * @param fields to put into the answer, such as {@code Sec-WebSocket-Version}
 */
public record Refused(int status, String reason, List<HandshakeField> fields)
    implements HandshakeResult {

  /** Keeps a copy of the fields. */
  public Refused {
    fields = List.copyOf(fields);
  }

  static Refused badRequest(String reason) {
    return new Refused(400, reason, List.of());
  }
}
