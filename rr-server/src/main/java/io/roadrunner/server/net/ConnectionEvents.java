package io.roadrunner.server.net;

import io.roadrunner.telemetry.CloseReason;

/** Who counts and reports connections. */
public interface ConnectionEvents {

  /** A connection was accepted. */
  void accepted(Connection connection);

  /** A connection has been closed, once. */
  void closed(Connection connection, CloseReason reason);

  /** A connection was closed at accept: there are too many. */
  void refused();

  /** Bytes came in. */
  void read(long bytes);

  /** Bytes went out. */
  void written(long bytes);
}
