package io.roadrunner.websocket;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whose pages may open a WebSocket (RFC 6455 §10.2). Browsers send cookies along with a handshake
 * whatever page asks for it, so that without this check any page on the web could talk to the
 * server in its visitor's name. A request without {@code Origin} does not come from a page and is
 * always let through.
 */
public sealed interface OriginPolicy {

  /**
   * Every page, also those that hide their origin behind {@code null}.
   *
   * @return the policy
   */
  static OriginPolicy any() {
    return Any.INSTANCE;
  }

  /**
   * Pages with the scheme, host and port by which the request itself came.
   *
   * @return the policy
   */
  static OriginPolicy sameOrigin() {
    return SameOrigin.INSTANCE;
  }

  /**
   * Pages of these origins, and no others.
   *
   * @param origins such as {@code https://example.com} or {@code http://localhost:8080}; {@code
   *     null} stands for all pages that hide theirs, such as local files and sandboxed frames of
   *     any page
   * @return the policy
   * @throws IllegalArgumentException if one is not {@code scheme://host}, {@code
   *     scheme://host:port} or {@code null}
   */
  static OriginPolicy allowing(Collection<String> origins) {
    return new Allowing(
        origins.stream()
            .map(
                text ->
                    Origin.spelling(text)
                        .orElseThrow(
                            () ->
                                new IllegalArgumentException(
                                    "not an origin such as https://example.com: " + text)))
            .collect(Collectors.toUnmodifiableSet()));
  }

  /** See {@link #any()}. */
  enum Any implements OriginPolicy {
    /** The only value. */
    INSTANCE
  }

  /** See {@link #sameOrigin()}. */
  enum SameOrigin implements OriginPolicy {
    /** The only value. */
    INSTANCE
  }

  /**
   * See {@link #allowing}.
   *
   * @param origins in lower case, with their ports
   */
  record Allowing(Set<String> origins) implements OriginPolicy {
    /** Keeps a copy. */
    public Allowing {
      origins = Set.copyOf(origins);
    }
  }
}
