package io.roadrunner.http1;

/** What the {@code Connection} fields say (RFC 9110 §7.6.1, RFC 9112 §9.3). */
final class ConnectionRules {
  private ConnectionRules() {}

  static Persistence persistence(HttpVersion version, FieldLines fields, KnownFields known) {
    if (!known.has(KnownFields.CONNECTION)) {
      return version == HttpVersion.HTTP_1_1 ? Persistence.KEEP_ALIVE : Persistence.CLOSE;
    }
    if (has(fields, known, "close")) {
      return Persistence.CLOSE;
    }
    return version == HttpVersion.HTTP_1_1 || has(fields, known, "keep-alive")
        ? Persistence.KEEP_ALIVE
        : Persistence.CLOSE;
  }

  /** Whether an {@code Upgrade} field counts (RFC 9110 §7.8). */
  static boolean offersUpgrade(HttpVersion version, FieldLines fields, KnownFields known) {
    return known.has(KnownFields.UPGRADE)
        && known.has(KnownFields.CONNECTION)
        && version == HttpVersion.HTTP_1_1
        && has(fields, known, "upgrade");
  }

  private static boolean has(FieldLines fields, KnownFields known, String option) {
    return ListElements.contains(fields, known.first(KnownFields.CONNECTION), "connection", option);
  }
}
