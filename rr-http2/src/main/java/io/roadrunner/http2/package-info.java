/** The server side of an HTTP/2 connection as a state machine (RFC 9113 §5, §8), without I/O. */
@NullMarked
package io.roadrunner.http2;

import org.jspecify.annotations.NullMarked;
