package io.roadrunner.server;

/** Text from a peer, made fit for a log line. */
public final class LogText {

  private static final int LONGEST = 200;

  private LogText() {}

  /**
   * {@return the text with everything that is not visible ASCII or a space written as {@code
   * \}{@code uXXXX}, and cut after 200 characters, so that it stays within its log line (CWE-117)}
   *
   * @param text whatever a peer has sent
   */
  public static String escape(String text) {
    int length = Math.min(text.length(), LONGEST);
    StringBuilder safe = new StringBuilder(length + 16);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x20 && c < 0x7f && c != '\\') {
        safe.append(c);
      } else {
        safe.append("\\u%04x".formatted((int) c));
      }
    }
    return text.length() > LONGEST ? safe.append("...").toString() : safe.toString();
  }
}
