/** WebSocket sessions between a transport and a handler: frames in, callbacks, frames out. */
@NullMarked
package io.roadrunner.server.websocket;

import org.jspecify.annotations.NullMarked;
