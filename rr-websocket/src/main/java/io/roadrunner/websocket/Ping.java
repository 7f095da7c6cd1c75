package io.roadrunner.websocket;

import java.nio.ByteBuffer;

/**
 * A Ping frame, to be answered by a Pong with the same payload; when several are waiting it is
 * enough to answer the last (RFC 6455 §5.5.3).
 *
 * @param payload 0 to 125 bytes, a slice of the buffer that was read: valid until the reader's next
 *     call or until that buffer is written to, whichever comes first
 */
public record Ping(ByteBuffer payload) implements FrameEvent, MessageEvent {}
