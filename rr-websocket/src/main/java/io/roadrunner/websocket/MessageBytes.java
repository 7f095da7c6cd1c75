package io.roadrunner.websocket;

import java.nio.ByteBuffer;

/**
 * Some bytes of a message, unmasked and never empty. Where they are cut has no meaning: neither
 * characters nor frames are kept together.
 *
 * @param view a slice of the buffer that was read: no copy, valid until the reader's next call or
 *     until that buffer is written to, whichever comes first
 */
public record MessageBytes(ByteBuffer view) implements FrameEvent {}
