package io.roadrunner.server.http1;

import io.roadrunner.http1.Http1Limits;
import io.roadrunner.server.ServerLimits;
import io.roadrunner.server.net.PeerPace;
import io.roadrunner.server.pipeline.Dispatcher;

/**
 * What all HTTP/1.1 connections of a listener share.
 *
 * @param http1 limits of the messages
 * @param limits limits of the server
 * @param dispatcher who answers
 */
public record Http1Settings(Http1Limits http1, ServerLimits limits, Dispatcher dispatcher) {

  PeerPace pace() {
    return PeerPace.of(limits.minBytesPerSecond(), limits.slowPeerGrace(), limits.maxPeerStall());
  }
}
