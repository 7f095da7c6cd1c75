package io.roadrunner.websocket;

/** What a server answers a handshake with. */
public sealed interface HandshakeResult permits Accepted, Refused {}
