package io.roadrunner.telemetry;

/** Which limit turned a request away. */
public enum ThrottleReason {
  /** As many requests as the listener may serve at once are being served. */
  CONCURRENT_REQUESTS,
  /** The client sends more requests in a time than it may. */
  RATE_LIMIT
}
