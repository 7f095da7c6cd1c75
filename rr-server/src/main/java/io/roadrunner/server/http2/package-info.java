/** HTTP/2 on a connection: streams to exchanges, responses to frames. */
@NullMarked
package io.roadrunner.server.http2;

import org.jspecify.annotations.NullMarked;
