package io.roadrunner.http1;

import java.util.Optional;

/**
 * The four forms of a request target (RFC 9112 §3.2). All texts are as received: percent-escapes
 * are well formed but not decoded, dot segments are still there.
 */
public sealed interface RequestTarget {

  /**
   * {@code /path?query}, the usual form.
   *
   * @param path raw path, starts with a slash
   * @param query raw query without its question mark, if there is one (it may be the empty string)
   */
  record OriginForm(String path, Optional<String> query) implements RequestTarget {}

  /**
   * {@code http://authority/path?query}, the form that proxies get.
   *
   * @param scheme scheme as received
   * @param authority host and optional port, without user information
   * @param path raw path, possibly the empty string
   * @param query raw query without its question mark, if there is one
   */
  record AbsoluteForm(String scheme, String authority, String path, Optional<String> query)
      implements RequestTarget {}

  /**
   * {@code host:port}, the form of {@code CONNECT}.
   *
   * @param authority host and port
   */
  record AuthorityForm(String authority) implements RequestTarget {}

  /** {@code *}, the whole server, for {@code OPTIONS} only. */
  record AsteriskForm() implements RequestTarget {
    static final AsteriskForm INSTANCE = new AsteriskForm();
  }
}
