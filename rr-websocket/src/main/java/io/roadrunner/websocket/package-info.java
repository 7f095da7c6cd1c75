/**
 * WebSocket handshakes, frames and messages, for servers and clients (RFC 6455, RFC 8441), without
 * I/O.
 */
@NullMarked
package io.roadrunner.websocket;

import org.jspecify.annotations.NullMarked;
