/** Cases of RFC 6455 and RFC 7692 for a WebSocket server that echoes. */
@NullMarked
package io.roadrunner.conformance;

import org.jspecify.annotations.NullMarked;
