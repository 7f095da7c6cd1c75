package io.roadrunner.server;

import java.time.Duration;

/**
 * How a drain went.
 *
 * @param took from the call to the end
 * @param stragglers connections that were still open at the deadline and were closed hard
 */
public record DrainReport(Duration took, int stragglers) {}
