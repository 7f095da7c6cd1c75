package io.roadrunner.server.testkit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the server logs while this is open; it goes nowhere else meanwhile. */
public final class CapturedLog implements AutoCloseable {

  private static final Logger LOGGER = Logger.getLogger("io.roadrunner.server");

  private final List<LogRecord> records = new CopyOnWriteArrayList<>();
  private final Handler handler = new Collector();

  private CapturedLog() {
    LOGGER.setUseParentHandlers(false);
    LOGGER.addHandler(handler);
  }

  /** Begins to capture. */
  public static CapturedLog begin() {
    return new CapturedLog();
  }

  /** Returns the lines so far, each with the throwable that came with it. */
  public List<String> lines() {
    return records.stream().map(CapturedLog::line).toList();
  }

  private static String line(LogRecord entry) {
    Throwable thrown = entry.getThrown();
    return entry.getLevel() + " " + entry.getMessage() + (thrown == null ? "" : " | " + thrown);
  }

  /** Returns how many lines there are of that level or above. */
  public long count(Level level) {
    return records.stream().filter(r -> r.getLevel().intValue() >= level.intValue()).count();
  }

  @Override
  public void close() {
    LOGGER.removeHandler(handler);
    LOGGER.setUseParentHandlers(true);
  }

  private final class Collector extends Handler {
    @Override
    public void publish(LogRecord entry) {
      records.add(entry);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
