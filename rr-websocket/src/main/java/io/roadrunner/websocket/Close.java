package io.roadrunner.websocket;

/**
 * The peer's Close frame. It is the last event: the reader drops every byte behind it (RFC 6455
 * §5.5.1).
 *
 * @param code one that {@link CloseCode#isForWire} allows, or {@link CloseCode#NO_STATUS} if the
 *     frame had none
 * @param reason for people and logs, may be empty
 */
public record Close(int code, String reason) implements FrameEvent, MessageEvent {}
