package io.roadrunner.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each option can be set alone, and is refused under its name where it makes no sense. */
class ServerLimitsTest {

  private static final ServerLimits LIMITS = ServerLimits.defaults();
  private static final Duration LONG = Duration.ofSeconds(77);

  private static Arguments duration(
      String name,
      Function<Duration, ServerLimits> with,
      Function<ServerLimits, Duration> component) {
    return Arguments.of(
        name,
        with.apply(LONG),
        LONG,
        component,
        (Supplier<ServerLimits>) () -> with.apply(Duration.ofNanos(999_999)));
  }

  private static Arguments number(
      String name,
      ServerLimits changed,
      Function<ServerLimits, ? extends Number> component,
      Supplier<ServerLimits> bad) {
    return Arguments.of(name, changed, component.apply(changed), component, bad);
  }

  static Stream<Arguments> options() {
    return Stream.concat(durations(), numbers());
  }

  private static Stream<Arguments> durations() {
    ServerLimits l = LIMITS;
    return Stream.of(
        duration("headTimeout", l::withHeadTimeout, ServerLimits::headTimeout),
        duration("keepAliveTimeout", l::withKeepAliveTimeout, ServerLimits::keepAliveTimeout),
        duration("slowPeerGrace", l::withSlowPeerGrace, ServerLimits::slowPeerGrace),
        duration("maxPeerStall", l::withMaxPeerStall, ServerLimits::maxPeerStall),
        duration("lingerTimeout", l::withLingerTimeout, ServerLimits::lingerTimeout),
        duration("drainQuiet", l::withDrainQuiet, ServerLimits::drainQuiet),
        Arguments.of(
            "handlerTimeout",
            l.withHandlerTimeout(LONG),
            LONG,
            (Function<ServerLimits, Duration>) ServerLimits::handlerTimeout,
            (Supplier<ServerLimits>) () -> l.withHandlerTimeout(Duration.ofMillis(-1))));
  }

  private static Stream<Arguments> numbers() {
    ServerLimits l = LIMITS;
    return Stream.of(
        number(
            "maxBodyBytes",
            l.withMaxBodyBytes(0),
            ServerLimits::maxBodyBytes,
            () -> l.withMaxBodyBytes(-1)),
        number(
            "maxRequestsPerConnection",
            l.withMaxRequestsPerConnection(1),
            ServerLimits::maxRequestsPerConnection,
            () -> l.withMaxRequestsPerConnection(0)),
        number(
            "minBytesPerSecond",
            l.withMinBytesPerSecond(0),
            ServerLimits::minBytesPerSecond,
            () -> l.withMinBytesPerSecond(-1)),
        number(
            "maxConnections",
            l.withMaxConnections(1),
            ServerLimits::maxConnections,
            () -> l.withMaxConnections(0)),
        number(
            "maxConcurrentRequests",
            l.withMaxConcurrentRequests(1),
            ServerLimits::maxConcurrentRequests,
            () -> l.withMaxConcurrentRequests(0)),
        number(
            "maxUnreadBodyBytes",
            l.withMaxUnreadBodyBytes(0),
            ServerLimits::maxUnreadBodyBytes,
            () -> l.withMaxUnreadBodyBytes(-1)),
        number(
            "inboundBufferBytes",
            l.withInboundBufferBytes(1024),
            ServerLimits::inboundBufferBytes,
            () -> l.withInboundBufferBytes(1023)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("options")
  void onlyThatOptionChanges(
      String name,
      ServerLimits changed,
      Object value,
      Function<ServerLimits, Object> component,
      Supplier<ServerLimits> bad) {
    assertEquals(value, component.apply(changed));
    String before = component.apply(LIMITS).toString();
    assertEquals(
        LIMITS.toString(), changed.toString().replace(name + "=" + value, name + "=" + before));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("options")
  void badValuesAreRefusedByName(
      String name,
      ServerLimits changed,
      Object value,
      Function<ServerLimits, Object> component,
      Supplier<ServerLimits> bad) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, bad::get);
    assertTrue(e.toString().contains(name + " must be at least"), e.toString());
  }

  @Test
  void deadlinesAreLookedAtOftenEnough() {
    assertEquals(200, LIMITS.tickMillis());
    assertEquals(5, LIMITS.withHeadTimeout(Duration.ofMillis(1)).tickMillis());
    assertEquals(10, LIMITS.withHandlerTimeout(Duration.ofMillis(100)).tickMillis());
    assertEquals(500, LIMITS.withLingerTimeout(LONG).withHeadTimeout(LONG).tickMillis());
  }
}
