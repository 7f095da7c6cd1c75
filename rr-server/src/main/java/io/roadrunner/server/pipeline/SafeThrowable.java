package io.roadrunner.server.pipeline;

import io.roadrunner.server.LogText;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a throwable for the log: same classes and stack traces, but messages escaped, since
 * they may quote what a peer has sent (CWE-117).
 */
public final class SafeThrowable extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final int DEEPEST_CAUSE = 8;

  private final String text;

  private SafeThrowable(Throwable original, int depth) {
    super(null, cause(original, depth), false, true);
    String message = original.getMessage();
    String name = original.getClass().getName();
    this.text = message == null ? name : name + ": " + LogText.escape(message);
    setStackTrace(original.getStackTrace());
  }

  /**
   * Returns a copy that may be logged.
   *
   * @param original what was thrown
   */
  public static SafeThrowable of(Throwable original) {
    return new SafeThrowable(original, 0);
  }

  private static @Nullable Throwable cause(Throwable of, int depth) {
    Throwable cause = of.getCause();
    return cause == null || depth == DEEPEST_CAUSE ? null : new SafeThrowable(cause, depth + 1);
  }

  @Override
  @SuppressWarnings("OverrideThrowableToString") // The name of the original class, not of this one.
  public String toString() {
    return text;
  }
}
