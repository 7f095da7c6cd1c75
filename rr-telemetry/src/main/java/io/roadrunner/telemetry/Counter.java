package io.roadrunner.telemetry;

/**
 * The counters of a {@link Recorder} and the cells that they take. A snapshot reads them in this
 * order: what ends before what begins, so that nothing is seen to have ended that did not begin.
 */
enum Counter {
  CONNECTIONS_CLOSED(1),
  CONNECTIONS_REFUSED(1),
  /** Final responses to requests that were completed, by class of status. */
  COMPLETED(StatusCounts.CLASSES),
  REQUESTS_FAILED(1),
  REQUESTS_REJECTED(1),
  REQUESTS_THROTTLED(1),
  /** Final responses to requests that failed, or never started, by class of status. */
  ANSWERED(StatusCounts.CLASSES),
  BYTES_READ(1),
  BYTES_WRITTEN(1),
  REQUESTS_STARTED(1),
  CONNECTIONS_ACCEPTED(1);

  static final int COUNT = CONNECTIONS_ACCEPTED.firstCell + CONNECTIONS_ACCEPTED.cells;

  private final int cells;
  private final int firstCell;

  Counter(int cells) {
    this.cells = cells;
    this.firstCell = Layout.take(cells);
  }

  int cell() {
    return firstCell;
  }

  int cell(int status) {
    return firstCell + StatusCounts.classOf(status);
  }

  private static final class Layout {
    private static int next;

    static int take(int cells) {
      int first = next;
      next += cells;
      return first;
    }
  }
}
