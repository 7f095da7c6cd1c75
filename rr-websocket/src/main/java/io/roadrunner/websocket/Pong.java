package io.roadrunner.websocket;

import java.nio.ByteBuffer;

/**
 * A Pong frame: the answer to a Ping, or unasked for, which is no fault (RFC 6455 §5.5.3).
 *
 * @param payload 0 to 125 bytes, a slice of the buffer that was read: valid until the reader's next
 *     call or until that buffer is written to, whichever comes first
 */
public record Pong(ByteBuffer payload) implements FrameEvent, MessageEvent {}
