package io.roadrunner.websocket;

/**
 * A field line to send.
 *
 * @param name in lower case
 * @param value without line breaks
 */
public record HandshakeField(String name, String value) {}
