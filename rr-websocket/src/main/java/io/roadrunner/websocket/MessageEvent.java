package io.roadrunner.websocket;

/** What {@link MessageReader#next} found: whole messages and control frames. */
public sealed interface MessageEvent permits NeedInput, Message, Ping, Pong, Close {}
