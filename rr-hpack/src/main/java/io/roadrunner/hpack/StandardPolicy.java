package io.roadrunner.hpack;

/** See {@link IndexingPolicy#standard(int)}. */
record StandardPolicy(int secretCookieOctets) implements IndexingPolicy {
  static final StandardPolicy DEFAULT = new StandardPolicy(20);

  StandardPolicy {
    if (secretCookieOctets < 0) {
      throw new IllegalArgumentException("negative threshold: " + secretCookieOctets);
    }
  }

  @Override
  public Indexing indexing(String name, String value) {
    return switch (name) {
      case "authorization", "proxy-authorization", "set-cookie" -> Indexing.NEVER;
      case "cookie" -> value.length() < secretCookieOctets ? Indexing.NEVER : Indexing.INDEX;
      case ":path",
          "age",
          "content-length",
          "content-range",
          "etag",
          "if-match",
          "if-modified-since",
          "if-none-match",
          "if-range",
          "if-unmodified-since",
          "last-modified",
          "location",
          "range" ->
          Indexing.LITERAL;
      default -> Indexing.INDEX;
    };
  }
}
