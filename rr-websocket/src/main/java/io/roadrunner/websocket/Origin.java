package io.roadrunner.websocket;

import java.util.Optional;

/**
 * Scheme, host and port, in one spelling for all that mean the same (RFC 6454 §4, §6.2).
 *
 * @param scheme in lower case
 * @param host in lower case
 * @param port digits, the scheme's own if none was given
 */
record Origin(String scheme, String host, String port) {

  /** What a page sends that has no origin, or hides it (RFC 6454 §7.3). */
  private static final String HIDDEN = "null";

  /** The one spelling of what an {@code Origin} field says; empty if it is malformed. */
  static Optional<String> spelling(String text) {
    return text.equals(HIDDEN) ? Optional.of(HIDDEN) : parse(text).map(Origin::toString);
  }

  static Optional<Origin> parse(String text) {
    int colon = text.indexOf("://");
    return colon <= 0 ? Optional.empty() : of(text.substring(0, colon), text.substring(colon + 3));
  }

  /** Of an authority without user information; empty if it is none. */
  static Optional<Origin> of(String scheme, String authority) {
    String lower = Tokens.lowerCase(scheme);
    int colon = authority.lastIndexOf(':');
    // The colons of an IPv6 address stand in brackets.
    boolean hasPort = colon > authority.lastIndexOf(']');
    String host = hasPort ? authority.substring(0, colon) : authority;
    String port = hasPort ? authority.substring(colon + 1) : defaultPort(lower);
    return isHost(host) && isPort(port)
        ? Optional.of(new Origin(lower, Tokens.lowerCase(host), port))
        : Optional.empty();
  }

  private static String defaultPort(String scheme) {
    return scheme.equals("https") || scheme.equals("wss") ? "443" : "80";
  }

  private static boolean isHost(String host) {
    return !host.isEmpty()
        && host.chars().allMatch(c -> c > ' ' && c < 0x7F && "/?#@\\".indexOf(c) < 0);
  }

  private static boolean isPort(String port) {
    return !port.isEmpty() && port.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  @Override
  public String toString() {
    return scheme + "://" + host + ":" + port;
  }
}
