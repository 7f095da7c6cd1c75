/**
 * The Roadrunner server as its users see it: {@link io.roadrunner.server.Server} listens, {@link
 * io.roadrunner.server.Routes} choose a {@link io.roadrunner.server.Handler}, which turns a {@link
 * io.roadrunner.server.Request} into a {@link io.roadrunner.server.Response}.
 */
@NullMarked
package io.roadrunner.server;

import org.jspecify.annotations.NullMarked;
