package io.roadrunner.server;

// checkstyle:long-file One component, one check and one copy method for each limit: a table.

import java.time.Duration;

/**
 * Everything that a peer could make large, many or slow, and when the server stops it. Durations
 * are at least 1 ms.
 *
 * @param maxBodyBytes the largest request body; over it: 413
 * @param headTimeout from the first byte of a request to the end of its head, and from a new
 *     connection to its first byte; over it: 408, or a silent close where nothing has come
 * @param keepAliveTimeout how long a connection may wait between requests; over it: closed
 * @param maxRequestsPerConnection after so many, the response says {@code connection: close}
 * @param minBytesPerSecond the slowest peer that is served, reading or writing; counted only while
 *     the server waits for the peer; 0: any
 * @param slowPeerGrace how long the server waits before it counts
 * @param maxPeerStall the longest time for which the server waits for a peer that was fast before
 * @param maxConnections open connections per server; over it: closed at accept and counted
 * @param maxConcurrentRequests requests whose handlers run at the same time; over it: 503
 * @param handlerTimeout how long a handler may run, its response included, before its thread is
 *     interrupted and the connection closed; zero: any time
 * @param maxUnreadBodyBytes how much of a body that the handler did not read is taken in so that
 *     the connection can go on; over it: closed
 * @param inboundBufferBytes how much is read ahead while a handler runs
 * @param lingerTimeout how long a refused peer may go on sending before the connection is closed
 *     hard
 * @param drainQuiet how long a connection must have been silent to be closed at once by a drain
 */
public record ServerLimits(
    long maxBodyBytes,
    Duration headTimeout,
    Duration keepAliveTimeout,
    long maxRequestsPerConnection,
    int minBytesPerSecond,
    Duration slowPeerGrace,
    Duration maxPeerStall,
    int maxConnections,
    int maxConcurrentRequests,
    Duration handlerTimeout,
    long maxUnreadBodyBytes,
    int inboundBufferBytes,
    Duration lingerTimeout,
    Duration drainQuiet) {

  private static final ServerLimits DEFAULTS =
      new ServerLimits(
          10L << 20,
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Long.MAX_VALUE,
          100,
          Duration.ofSeconds(1),
          Duration.ofSeconds(30),
          10_000,
          10_000,
          Duration.ZERO,
          1L << 20,
          64 << 10,
          Duration.ofSeconds(2),
          Duration.ofMillis(250));

  /** Checks every option. */
  public ServerLimits {
    atLeast("maxBodyBytes", maxBodyBytes, 0);
    positive("headTimeout", headTimeout);
    positive("keepAliveTimeout", keepAliveTimeout);
    atLeast("maxRequestsPerConnection", maxRequestsPerConnection, 1);
    atLeast("minBytesPerSecond", minBytesPerSecond, 0);
    positive("slowPeerGrace", slowPeerGrace);
    positive("maxPeerStall", maxPeerStall);
    atLeast("maxConnections", maxConnections, 1);
    atLeast("maxConcurrentRequests", maxConcurrentRequests, 1);
    atLeast("handlerTimeout", handlerTimeout.toMillis(), 0);
    atLeast("maxUnreadBodyBytes", maxUnreadBodyBytes, 0);
    atLeast("inboundBufferBytes", inboundBufferBytes, 1024);
    positive("lingerTimeout", lingerTimeout);
    positive("drainQuiet", drainQuiet);
  }

  /** {@return the defaults} */
  public static ServerLimits defaults() {
    return DEFAULTS;
  }

  /**
   * {@return these limits with another {@code maxBodyBytes}}
   *
   * @param value as the component
   */
  public ServerLimits withMaxBodyBytes(long value) {
    return new ServerLimits(
        value,
        headTimeout,
        keepAliveTimeout,
        maxRequestsPerConnection,
        minBytesPerSecond,
        slowPeerGrace,
        maxPeerStall,
        maxConnections,
        maxConcurrentRequests,
        handlerTimeout,
        maxUnreadBodyBytes,
        inboundBufferBytes,
        lingerTimeout,
        drainQuiet);
  }

  /**
   * {@return these limits with another {@code headTimeout}}
   *
   * @param value as the component
   */
  public ServerLimits withHeadTimeout(Duration value) {
    return new ServerLimits(
        maxBodyBytes,
        value,
        keepAliveTimeout,
        maxRequestsPerConnection,
        minBytesPerSecond,
        slowPeerGrace,
        maxPeerStall,
        maxConnections,
        maxConcurrentRequests,
        handlerTimeout,
        maxUnreadBodyBytes,
        inboundBufferBytes,
        lingerTimeout,
        drainQuiet);
  }

  /**
   * {@return these limits with another {@code keepAliveTimeout}}
   *
   * @param value as the component
   */
  public ServerLimits withKeepAliveTimeout(Duration value) {
    return new ServerLimits(
        maxBodyBytes,
        headTimeout,
        value,
        maxRequestsPerConnection,
        minBytesPerSecond,
        slowPeerGrace,
        maxPeerStall,
        maxConnections,
        maxConcurrentRequests,
        handlerTimeout,
        maxUnreadBodyBytes,
        inboundBufferBytes,
        lingerTimeout,
        drainQuiet);
  }

  /**
   * {@return these limits with another {@code maxRequestsPerConnection}}
   *
   * @param value as the component
   */
  public ServerLimits withMaxRequestsPerConnection(long value) {
    return new ServerLimits(
        maxBodyBytes,
        headTimeout,
        keepAliveTimeout,
        value,
        minBytesPerSecond,
        slowPeerGrace,
        maxPeerStall,
        maxConnections,
        maxConcurrentRequests,
        handlerTimeout,
        maxUnreadBodyBytes,
        inboundBufferBytes,
        lingerTimeout,
        drainQuiet);
  }

  /**
   * {@return these limits with another {@code minBytesPerSecond}}
   *
   * @param value as the component
   */
  public ServerLimits withMinBytesPerSecond(int value) {
    return new ServerLimits(
        maxBodyBytes,
        headTimeout,
        keepAliveTimeout,
        maxRequestsPerConnection,
        value,
        slowPeerGrace,
        maxPeerStall,
        maxConnections,
        maxConcurrentRequests,
        handlerTimeout,
        maxUnreadBodyBytes,
        inboundBufferBytes,
        lingerTimeout,
        drainQuiet);
  }

  /**
   * {@return these limits with another {@code slowPeerGrace}}
   *
   * @param value as the component
   */
  public ServerLimits withSlowPeerGrace(Duration value) {
    return new ServerLimits(
        maxBodyBytes,
        headTimeout,
        keepAliveTimeout,
        maxRequestsPerConnection,
        minBytesPerSecond,
        value,
        maxPeerStall,
        maxConnections,
        maxConcurrentRequests,
        handlerTimeout,
        maxUnreadBodyBytes,
        inboundBufferBytes,
        lingerTimeout,
        drainQuiet);
  }

  /**
   * {@return these limits with another {@code maxPeerStall}}
   *
   * @param value as the component
   */
  public ServerLimits withMaxPeerStall(Duration value) {
    return new ServerLimits(
        maxBodyBytes,
        headTimeout,
        keepAliveTimeout,
        maxRequestsPerConnection,
        minBytesPerSecond,
        slowPeerGrace,
        value,
        maxConnections,
        maxConcurrentRequests,
        handlerTimeout,
        maxUnreadBodyBytes,
        inboundBufferBytes,
        lingerTimeout,
        drainQuiet);
  }

  /**
   * {@return these limits with another {@code maxConnections}}
   *
   * @param value as the component
   */
  public ServerLimits withMaxConnections(int value) {
    return new ServerLimits(
        maxBodyBytes,
        headTimeout,
        keepAliveTimeout,
        maxRequestsPerConnection,
        minBytesPerSecond,
        slowPeerGrace,
        maxPeerStall,
        value,
        maxConcurrentRequests,
        handlerTimeout,
        maxUnreadBodyBytes,
        inboundBufferBytes,
        lingerTimeout,
        drainQuiet);
  }

  /**
   * {@return these limits with another {@code maxConcurrentRequests}}
   *
   * @param value as the component
   */
  public ServerLimits withMaxConcurrentRequests(int value) {
    return new ServerLimits(
        maxBodyBytes,
        headTimeout,
        keepAliveTimeout,
        maxRequestsPerConnection,
        minBytesPerSecond,
        slowPeerGrace,
        maxPeerStall,
        maxConnections,
        value,
        handlerTimeout,
        maxUnreadBodyBytes,
        inboundBufferBytes,
        lingerTimeout,
        drainQuiet);
  }

  /**
   * {@return these limits with another {@code handlerTimeout}}
   *
   * @param value as the component
   */
  public ServerLimits withHandlerTimeout(Duration value) {
    return new ServerLimits(
        maxBodyBytes,
        headTimeout,
        keepAliveTimeout,
        maxRequestsPerConnection,
        minBytesPerSecond,
        slowPeerGrace,
        maxPeerStall,
        maxConnections,
        maxConcurrentRequests,
        value,
        maxUnreadBodyBytes,
        inboundBufferBytes,
        lingerTimeout,
        drainQuiet);
  }

  /**
   * {@return these limits with another {@code maxUnreadBodyBytes}}
   *
   * @param value as the component
   */
  public ServerLimits withMaxUnreadBodyBytes(long value) {
    return new ServerLimits(
        maxBodyBytes,
        headTimeout,
        keepAliveTimeout,
        maxRequestsPerConnection,
        minBytesPerSecond,
        slowPeerGrace,
        maxPeerStall,
        maxConnections,
        maxConcurrentRequests,
        handlerTimeout,
        value,
        inboundBufferBytes,
        lingerTimeout,
        drainQuiet);
  }

  /**
   * {@return these limits with another {@code inboundBufferBytes}}
   *
   * @param value as the component
   */
  public ServerLimits withInboundBufferBytes(int value) {
    return new ServerLimits(
        maxBodyBytes,
        headTimeout,
        keepAliveTimeout,
        maxRequestsPerConnection,
        minBytesPerSecond,
        slowPeerGrace,
        maxPeerStall,
        maxConnections,
        maxConcurrentRequests,
        handlerTimeout,
        maxUnreadBodyBytes,
        value,
        lingerTimeout,
        drainQuiet);
  }

  /**
   * {@return these limits with another {@code lingerTimeout}}
   *
   * @param value as the component
   */
  public ServerLimits withLingerTimeout(Duration value) {
    return new ServerLimits(
        maxBodyBytes,
        headTimeout,
        keepAliveTimeout,
        maxRequestsPerConnection,
        minBytesPerSecond,
        slowPeerGrace,
        maxPeerStall,
        maxConnections,
        maxConcurrentRequests,
        handlerTimeout,
        maxUnreadBodyBytes,
        inboundBufferBytes,
        value,
        drainQuiet);
  }

  /**
   * {@return these limits with another {@code drainQuiet}}
   *
   * @param value as the component
   */
  public ServerLimits withDrainQuiet(Duration value) {
    return new ServerLimits(
        maxBodyBytes,
        headTimeout,
        keepAliveTimeout,
        maxRequestsPerConnection,
        minBytesPerSecond,
        slowPeerGrace,
        maxPeerStall,
        maxConnections,
        maxConcurrentRequests,
        handlerTimeout,
        maxUnreadBodyBytes,
        inboundBufferBytes,
        lingerTimeout,
        value);
  }

  /** How often deadlines are looked at: a tenth of the shortest timeout, within reason. */
  long tickMillis() {
    long shortest =
        Math.min(
            lingerTimeout.toMillis(),
            Math.min(headTimeout.toMillis(), keepAliveTimeout.toMillis()));
    if (!handlerTimeout.isZero()) {
      shortest = Math.min(shortest, handlerTimeout.toMillis());
    }
    return Math.clamp(shortest / 10, 5, 500);
  }

  private static void atLeast(String option, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(
          option + " must be at least " + least + ", but is " + value);
    }
  }

  private static void positive(String option, Duration value) {
    if (value.toMillis() < 1) {
      throw new IllegalArgumentException(option + " must be at least 1 ms, but is " + value);
    }
  }
}
