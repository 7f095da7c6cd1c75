package io.roadrunner.server.files;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;

/** Dates in header fields (RFC 9110 §5.6.7): written in one form, read in all three. */
final class HttpDate {

  private static final DateTimeFormatter IMF_FIXDATE =
      strict(new DateTimeFormatterBuilder().appendPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'"));

  private static final DateTimeFormatter ASCTIME =
      strict(new DateTimeFormatterBuilder().appendPattern("EEE MMM ppd HH:mm:ss uuuu"));

  private HttpDate() {}

  private static DateTimeFormatter strict(DateTimeFormatterBuilder builder) {
    return builder.toFormatter(Locale.US).withResolverStyle(ResolverStyle.STRICT);
  }

  /** RFC 9110 §5.6.7: a year of two digits is never more than 50 years ahead. */
  private static DateTimeFormatter rfc850(LocalDate today) {
    return strict(
        new DateTimeFormatterBuilder()
            .appendPattern("EEEE, dd-MMM-")
            .appendValueReduced(ChronoField.YEAR, 2, 2, today.minusYears(49))
            .appendPattern(" HH:mm:ss 'GMT'"));
  }

  /** Returns a moment as an IMF-fixdate; fractions of a second are dropped. */
  static String format(Instant moment) {
    return IMF_FIXDATE.format(moment.atOffset(ZoneOffset.UTC));
  }

  /**
   * Returns the moment that a field value names, empty when it is no HTTP-date.
   *
   * @param value of a field
   */
  static Optional<Instant> parse(String value) {
    return parse(value, LocalDate.now(ZoneOffset.UTC));
  }

  static Optional<Instant> parse(String value, LocalDate today) {
    return attempt(value, IMF_FIXDATE)
        .or(() -> attempt(value, ASCTIME))
        .or(() -> attempt(value, rfc850(today)));
  }

  private static Optional<Instant> attempt(String value, DateTimeFormatter form) {
    try {
      return Optional.of(LocalDateTime.parse(value, form).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
