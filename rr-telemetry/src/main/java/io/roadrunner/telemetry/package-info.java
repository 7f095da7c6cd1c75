/**
 * What a server tells about itself: {@linkplain io.roadrunner.telemetry.TelemetryEvent events} for
 * subscribers, and {@linkplain io.roadrunner.telemetry.ServerMetrics counters} that are always on.
 *
 * <p>{@link io.roadrunner.telemetry.Telemetry} is the one class of this module that owns threads:
 * one daemon thread {@code rr-telemetry-<n>} for each subscriber, so that a subscriber that blocks
 * or throws hurts nobody but itself. Nothing else here knows a thread, a lock, a socket or a
 * logger.
 */
@NullMarked
package io.roadrunner.telemetry;

import org.jspecify.annotations.NullMarked;
