package io.roadrunner.server.http2;

import io.roadrunner.http2.Http2Limits;
import io.roadrunner.server.ServerLimits;
import io.roadrunner.server.net.PeerPace;
import io.roadrunner.server.pipeline.Dispatcher;
import io.roadrunner.server.pipeline.Upgrades;

/**
 * What all HTTP/2 connections of a listener share.
 *
 * @param http2 limits of the connections
 * @param limits limits of the server
 * @param dispatcher who answers
 * @param upgrades what becomes of requests for other protocols
 */
public record Http2Settings(
    Http2Limits http2, ServerLimits limits, Dispatcher dispatcher, Upgrades upgrades) {

  PeerPace pace() {
    return PeerPace.of(limits.minBytesPerSecond(), limits.slowPeerGrace(), limits.maxPeerStall());
  }
}
