/** Header compression of HTTP/2 (RFC 7541), without I/O. */
@NullMarked
package io.roadrunner.hpack;

import org.jspecify.annotations.NullMarked;
