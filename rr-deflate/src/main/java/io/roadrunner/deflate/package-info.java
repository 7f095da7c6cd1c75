/** Compression of WebSocket messages, permessage-deflate (RFC 7692), without I/O. */
@NullMarked
package io.roadrunner.deflate;

import org.jspecify.annotations.NullMarked;
