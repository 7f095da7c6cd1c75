package io.roadrunner.http2;

/**
 * Grammar of {@code uri-host [ ":" port ]} (RFC 9110 §7.2, RFC 3986 §3.2), without user information
 * (RFC 9113 §8.3.1). Stricter than that where no host in use is concerned: percent-escapes, commas,
 * {@code IPvFuture} and zones are refused.
 */
final class Authority {
  private static final int MAX_PORT = 65_535;
  private static final int IPV6_GROUPS = 8;

  private Authority() {}

  static boolean isValid(String text) {
    int end = hostEnd(text);
    return end > 0 && (end == text.length() || isPort(text, end));
  }

  static boolean isHostAndPort(String text) {
    return isValid(text) && hostEnd(text) < text.length() - 1;
  }

  /** Index behind the host, 0 if there is none. */
  private static int hostEnd(String text) {
    if (text.startsWith("[")) {
      int close = text.indexOf(']');
      return close > 0 && isIpv6(text.substring(1, close)) ? close + 1 : 0;
    }
    int end = 0;
    while (end < text.length() && FieldRules.is(text.charAt(end), FieldRules.HOST)) {
      end++;
    }
    return end;
  }

  private static boolean isPort(String text, int colon) {
    if (text.charAt(colon) != ':' || text.length() - colon > 6) {
      return false;
    }
    int port = 0;
    for (int i = colon + 1; i < text.length(); i++) {
      if (!FieldRules.is(text.charAt(i), FieldRules.DIGIT)) {
        return false;
      }
      port = 10 * port + text.charAt(i) - '0';
    }
    return port <= MAX_PORT;
  }

  /** {@code IPv6address}: what stands around a double colon, or eight groups without one. */
  private static boolean isIpv6(String text) {
    int elided = text.indexOf("::");
    if (elided < 0) {
      return groups(text) == IPV6_GROUPS;
    }
    String before = text.substring(0, elided);
    String after = text.substring(elided + 2);
    int left = before.isEmpty() ? 0 : groups(before);
    int right = after.isEmpty() ? 0 : groups(after);
    return left >= 0 && right >= 0 && before.indexOf('.') < 0 && left + right < IPV6_GROUPS;
  }

  /** How many groups these are, the last one perhaps an IPv4 address; -1 if something else. */
  private static int groups(String text) {
    int count = 0;
    int from = 0;
    while (true) {
      int colon = text.indexOf(':', from);
      int to = colon < 0 ? text.length() : colon;
      if (colon < 0 && text.indexOf('.', from) >= 0) {
        return isIpv4(text, from) ? count + 2 : -1;
      }
      boolean isGroup = to > from && to - from <= 4;
      if (!isGroup || !FieldRules.all(text, from, to, FieldRules.HEX)) {
        return -1;
      }
      count++;
      if (colon < 0) {
        return count;
      }
      from = colon + 1;
    }
  }

  private static boolean isIpv4(String text, int from) {
    int octets = 0;
    int start = from;
    while (start <= text.length()) {
      int dot = text.indexOf('.', start);
      int to = dot < 0 ? text.length() : dot;
      if (!isOctet(text, start, to)) {
        return false;
      }
      octets++;
      start = to + 1;
    }
    return octets == 4;
  }

  private static boolean isOctet(String text, int from, int to) {
    if (to == from || to - from > 3 || !FieldRules.all(text, from, to, FieldRules.DIGIT)) {
      return false;
    }
    int octet = 0;
    for (int i = from; i < to; i++) {
      octet = 10 * octet + text.charAt(i) - '0';
    }
    return octet <= 255 && (to - from == 1 || text.charAt(from) != '0');
  }
}
