package io.roadrunner.telemetry;

/**
 * How many final responses were sent, by the class of their status code (RFC 9110 §15).
 *
 * @param informational 1xx: 101, the only one that is final
 * @param successful 2xx
 * @param redirection 3xx
 * @param clientError 4xx
 * @param serverError 5xx, and codes outside 100 to 599
 */
public record StatusCounts(
    long informational, long successful, long redirection, long clientError, long serverError) {

  static final int CLASSES = 5;

  /** The class of a status code: 0 for 1xx to 4 for 5xx. */
  static int classOf(int status) {
    return status >= 100 && status <= 599 ? status / 100 - 1 : CLASSES - 1;
  }

  /**
   * How many responses were sent, whatever their status.
   *
   * @return the sum
   */
  public long total() {
    return informational + successful + redirection + clientError + serverError;
  }
}
