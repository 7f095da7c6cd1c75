package io.roadrunner.server.files;

import io.roadrunner.server.Headers;
import io.roadrunner.server.Request;
import java.time.Instant;
import java.util.Optional;

/** Conditional requests, in the order of RFC 9110 §13.2.2. */
final class Preconditions {

  /** What becomes of the request. */
  enum Verdict {
    /** It is answered as if it had no conditions. */
    PROCEED,
    /** 304: the client has it already. */
    NOT_MODIFIED,
    /** 412: it is not what the client thinks it is. */
    FAILED
  }

  private Preconditions() {}

  static Verdict check(Headers headers, StoredFile file) {
    if (headers.contains("if-match")) {
      // RFC 9110 §13.1.1: the strong comparison.
      if (!tags(headers, "if-match").filter(t -> t.matchesStrongly(file.etag())).isPresent()) {
        return Verdict.FAILED;
      }
    } else if (date(headers, "if-unmodified-since")
        .filter(date -> file.modifiedSecond().isAfter(date))
        .isPresent()) {
      return Verdict.FAILED;
    }
    boolean known =
        headers.contains("if-none-match")
            // RFC 9110 §13.1.2: the weak comparison. §13.1.3: the date is ignored then.
            ? tags(headers, "if-none-match").filter(t -> t.matchesWeakly(file.etag())).isPresent()
            : date(headers, "if-modified-since")
                .filter(date -> !file.modifiedSecond().isAfter(date))
                .isPresent();
    return known ? Verdict.NOT_MODIFIED : Verdict.PROCEED;
  }

  /** Returns the Range field where there is one and it applies (RFC 9110 §14.2, §13.1.5). */
  static Optional<String> applicableRange(Request request, StoredFile file) {
    Headers headers = request.headers();
    if (!request.method().equals("GET") || headers.all("range").size() != 1) {
      return Optional.empty();
    }
    Optional<String> condition = headers.first("if-range");
    boolean applies =
        condition.isEmpty()
            || condition.get().equals(file.etag())
            // A date is a strong validator only when it is the very same one.
            || HttpDate.parse(condition.get())
                .filter(date -> date.equals(file.modifiedSecond()))
                .isPresent();
    return applies ? headers.first("range") : Optional.empty();
  }

  private static Optional<EntityTags> tags(Headers headers, String name) {
    // RFC 9110 §5.3: several lines are one list.
    return EntityTags.parse(String.join(",", headers.all(name)));
  }

  private static Optional<Instant> date(Headers headers, String name) {
    return headers.first(name).flatMap(HttpDate::parse);
  }
}
