package io.roadrunner.http2;

import io.roadrunner.http2.frame.Http2Violation;
import org.jspecify.annotations.Nullable;

/** What the pseudo-header fields of a request have to be, together (RFC 9113 §8.3.1, §8.5). */
final class RequestRules {
  private static final String ABSENT = "";

  private final ExtendedConnect extendedConnect;

  RequestRules(ExtendedConnect extendedConnect) {
    this.extendedConnect = extendedConnect;
  }

  /** The first rule that is broken. */
  @Nullable Http2Violation check(FieldCollector fields) {
    String method = fields.method;
    if (method == null) {
      return Http2Violation.MISSING_PSEUDO_FIELD;
    }
    if (!FieldRules.isToken(method)) {
      return Http2Violation.BAD_METHOD;
    }
    boolean connect = method.equals("CONNECT");
    if (fields.protocol != null) {
      boolean fine = connect && extendedConnect == ExtendedConnect.ENABLED;
      if (!fine || !FieldRules.isToken(fields.protocol)) {
        return Http2Violation.BAD_PROTOCOL; // RFC 8441 §4
      }
    } else if (connect) {
      return connect(fields);
    }
    Http2Violation violation = target(method, fields.scheme, fields.path);
    return violation == null ? authority(fields) : violation;
  }

  /** The head, of fields that were checked. */
  static RequestHead head(FieldCollector fields) {
    String authority = fields.authority == null ? fields.host : fields.authority;
    return new RequestHead(
        or(fields.method),
        or(fields.scheme),
        or(authority),
        or(fields.path),
        or(fields.protocol),
        fields.fields());
  }

  private static String or(@Nullable String value) {
    return value == null ? ABSENT : value;
  }

  /** RFC 9113 §8.5. */
  private static @Nullable Http2Violation connect(FieldCollector fields) {
    if (fields.scheme != null || fields.path != null || fields.authority == null) {
      return Http2Violation.BAD_CONNECT;
    }
    return Authority.isHostAndPort(fields.authority)
        ? authority(fields)
        : Http2Violation.BAD_AUTHORITY;
  }

  private static @Nullable Http2Violation target(
      String method, @Nullable String scheme, @Nullable String path) {
    if (scheme == null || path == null) {
      return Http2Violation.MISSING_PSEUDO_FIELD;
    }
    if (!FieldRules.isScheme(scheme)) {
      return Http2Violation.BAD_SCHEME;
    }
    boolean asterisk = path.equals("*") && method.equals("OPTIONS");
    return asterisk || FieldRules.isPath(path) ? null : Http2Violation.BAD_PATH;
  }

  /** RFC 9113 §8.3.1: one of the two, or both with the same value. */
  private static @Nullable Http2Violation authority(FieldCollector fields) {
    String authority = fields.authority;
    String host = fields.host;
    if (authority == null && host == null) {
      boolean needed = isHttp(fields.scheme);
      return needed ? Http2Violation.MISSING_PSEUDO_FIELD : null;
    }
    if (authority != null && host != null && !FieldRules.equalsIgnoreCase(authority, host)) {
      return Http2Violation.BAD_AUTHORITY;
    }
    String either = authority == null ? or(host) : authority;
    return Authority.isValid(either) ? null : Http2Violation.BAD_AUTHORITY;
  }

  private static boolean isHttp(@Nullable String scheme) {
    return scheme != null
        && (FieldRules.equalsIgnoreCase(scheme, "http")
            || FieldRules.equalsIgnoreCase(scheme, "https"));
  }
}
