/** HTTP/1.1 on a connection: requests one after the other, on the loop or on virtual threads. */
@NullMarked
package io.roadrunner.server.http1;

import org.jspecify.annotations.NullMarked;
