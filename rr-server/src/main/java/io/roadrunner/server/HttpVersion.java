package io.roadrunner.server;

/** What a server speaks. */
public enum HttpVersion {
  /** HTTP/1.1 (RFC 9112), and HTTP/1.0 to clients that know nothing else. */
  HTTP_1_1,
  /** HTTP/2 (RFC 9113): by ALPN over TLS, by prior knowledge on clear text. */
  HTTP_2
}
