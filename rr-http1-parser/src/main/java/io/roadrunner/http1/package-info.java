/** HTTP/1.1 messages from bytes and to bytes (RFC 9110, RFC 9112), without I/O. */
@NullMarked
package io.roadrunner.http1;

import org.jspecify.annotations.NullMarked;
