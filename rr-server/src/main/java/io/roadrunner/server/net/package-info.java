/** Sockets: listeners, event loops, connections, and who owns a connection at a time. */
@NullMarked
package io.roadrunner.server.net;

import org.jspecify.annotations.NullMarked;
