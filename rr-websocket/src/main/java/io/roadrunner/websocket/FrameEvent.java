package io.roadrunner.websocket;

/**
 * What {@link WebSocketReader#next} found. A message is one {@link MessageStart}, any number of
 * {@link MessageBytes} and one {@link MessageEnd}, however it was cut into frames; {@link Ping} and
 * {@link Pong} may stand between them, and a {@link Close} may end everything at any point.
 */
public sealed interface FrameEvent
    permits NeedInput, MessageStart, MessageBytes, MessageEnd, Ping, Pong, Close {}
