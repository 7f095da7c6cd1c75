package io.roadrunner.server.routing;

import java.util.List;

/** What the path policy makes of a raw path. */
sealed interface DecodedPath {

  /**
   * The segments, each percent-decoded once. {@code /} is one empty segment, {@code /a/} two.
   *
   * @param segments at least one
   */
  record Segments(List<String> segments) implements DecodedPath {}

  /**
   * A path that gets 400.
   *
   * @param fault why
   */
  record Refused(PathFault fault) implements DecodedPath {}
}
