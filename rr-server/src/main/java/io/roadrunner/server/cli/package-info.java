/** The server as a program: {@code rr serve}. */
@NullMarked
package io.roadrunner.server.cli;

import org.jspecify.annotations.NullMarked;
