package io.roadrunner.http1;

/**
 * Grammar of {@code uri-host [ ":" port ]} (RFC 9110 §7.2, RFC 3986 §3.2). Stricter than that where
 * no host in use is concerned: percent-escapes, commas, {@code IPvFuture} and zones are refused.
 */
final class Authority {
  private static final int MAX_PORT = 65_535;
  private static final int IPV6_GROUPS = 8;

  private Authority() {}

  /** Whether the bytes are a host, and perhaps a port, which may be empty. */
  static boolean isValid(byte[] b, int from, int to) {
    int end = hostEnd(b, from, to);
    return end > from && (end == to || (b[end] == ':' && isPort(b, end + 1, to)));
  }

  /** Whether the bytes are a host and a port that is not empty. */
  static boolean isHostAndPort(byte[] b, int from, int to) {
    return isValid(b, from, to) && hostEnd(b, from, to) < to - 1;
  }

  /** Index behind the host, or {@code from} if there is none. */
  private static int hostEnd(byte[] b, int from, int to) {
    if (from == to || b[from] != '[') {
      return Scan.skip(b, from, to, Ascii.HOST);
    }
    int i = from + 1;
    while (i < to && b[i] != ']') {
      i++;
    }
    return i < to && isIpv6(b, from + 1, i) ? i + 1 : from;
  }

  private static boolean isPort(byte[] b, int from, int to) {
    if (to - from > 5) {
      return false;
    }
    int port = 0;
    for (int i = from; i < to; i++) {
      if (!Ascii.isDigit(b[i])) {
        return false;
      }
      port = 10 * port + b[i] - '0';
    }
    return port <= MAX_PORT;
  }

  /** {@code IPv6address} of RFC 3986 §3.2.2. */
  private static boolean isIpv6(byte[] b, int from, int to) {
    int groups = 0;
    int i = from;
    boolean elided = to - from >= 2 && b[from] == ':' && b[from + 1] == ':';
    if (elided) {
      i += 2;
    }
    while (i < to) {
      int end = Scan.skip(b, i, to, Ascii.HEX);
      if (end < to && b[end] == '.') {
        return isIpv4(b, i, to) && isWhole(groups + 2, elided);
      }
      if (end == i || end - i > 4) {
        return false;
      }
      groups++;
      if (end == to) {
        return isWhole(groups, elided);
      }
      i = end + 1;
      if (b[end] != ':' || i == to) {
        return false;
      }
      if (b[i] == ':') {
        if (elided) {
          return false;
        }
        elided = true;
        i++;
      }
    }
    return elided && isWhole(groups, true);
  }

  private static boolean isWhole(int groups, boolean elided) {
    return elided ? groups < IPV6_GROUPS : groups == IPV6_GROUPS;
  }

  /** {@code IPv4address} of RFC 3986 §3.2.2. */
  private static boolean isIpv4(byte[] b, int from, int to) {
    int i = from;
    for (int octets = 1; ; octets++) {
      int end = octetEnd(b, i, to);
      if (end == i) {
        return false;
      }
      if (octets == 4) {
        return end == to;
      }
      if (end == to || b[end] != '.') {
        return false;
      }
      i = end + 1;
    }
  }

  private static int octetEnd(byte[] b, int from, int to) {
    int octet = 0;
    int i = from;
    while (i < to && Ascii.isDigit(b[i]) && i - from < 3) {
      octet = 10 * octet + b[i] - '0';
      i++;
    }
    boolean padded = i - from > 1 && b[from] == '0';
    return octet > 255 || padded ? from : i;
  }
}
