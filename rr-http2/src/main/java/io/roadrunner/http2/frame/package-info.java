/**
 * The frames of HTTP/2 (RFC 9113 §4, §6), read from and written to buffers, for servers and clients
 * alike. What a frame means for streams and connections is not decided here, and header blocks are
 * opaque octets.
 */
@NullMarked
package io.roadrunner.http2.frame;

import org.jspecify.annotations.NullMarked;
