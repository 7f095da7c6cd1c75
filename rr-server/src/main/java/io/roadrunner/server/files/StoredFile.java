package io.roadrunner.server.files;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A file as it was when it was looked up.
 *
 * @param path its real path
 * @param size in bytes
 * @param modified when it was changed last, as exactly as the file system knows
 */
record StoredFile(Path path, long size, Instant modified) implements FileTree.Found {

  /** Returns a strong entity tag, with its quotes (RFC 9110 §8.8.3). */
  String etag() {
    long nanos = modified.getEpochSecond() * 1_000_000_000L + modified.getNano();
    return "\"" + Long.toHexString(size) + "-" + Long.toHexString(nanos) + "\"";
  }

  /** Returns when it was changed last, as exactly as HTTP can say. */
  Instant modifiedSecond() {
    return modified.truncatedTo(ChronoUnit.SECONDS);
  }
}
