package io.roadrunner.server.routing;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one place that turns a raw path into segments.
 *
 * <p>A path is split at its slashes, then each segment is percent-decoded once, as UTF-8. Whatever
 * two parties might read in two ways is refused instead of mended: bad escapes, bytes that are no
 * UTF-8, controls, encoded slashes, backslashes, and dot segments. Path parameters ({@code ;x=1})
 * are ordinary characters of their segment, except that they cannot hide a dot segment: {@code ..;}
 * is one. Empty segments are segments: {@code //a} is not {@code /a}, and {@code /a/} is not {@code
 * /a}.
 */
final class PathPolicy {

  /** How many segments a path may have; a request line of 8 KiB could hold thousands. */
  static final int MAX_SEGMENTS = 256;

  private PathPolicy() {}

  /**
   * Decodes a raw path; takes time proportional to its length, whatever it holds.
   *
   * @param raw as it was sent, without the query
   */
  static DecodedPath decode(String raw) {
    if (raw.isEmpty() || raw.charAt(0) != '/') {
      return new DecodedPath.Refused(PathFault.NOT_ABSOLUTE);
    }
    List<String> segments = new ArrayList<>();
    int end = 0;
    while (end < raw.length()) {
      if (segments.size() == MAX_SEGMENTS) {
        return new DecodedPath.Refused(PathFault.TOO_MANY_SEGMENTS);
      }
      int start = end + 1;
      int slash = raw.indexOf('/', start);
      end = slash < 0 ? raw.length() : slash;
      PathFault fault = decodeSegment(raw, start, end, segments);
      if (fault != null) {
        return new DecodedPath.Refused(fault);
      }
    }
    return new DecodedPath.Segments(segments);
  }

  private static @Nullable PathFault decodeSegment(
      String raw, int start, int end, List<String> segments) {
    boolean escaped = false;
    for (int i = start; i < end; i++) {
      char c = raw.charAt(i);
      // RFC 3986 §2: a URI is made of visible ASCII.
      if (c <= ' ' || c >= 0x7f) {
        return PathFault.BAD_CHARACTER;
      }
      if (c == '%') {
        if (hexAt(raw, i + 1, end) < 0 || hexAt(raw, i + 2, end) < 0) {
          return PathFault.BAD_ESCAPE;
        }
        escaped = true;
      }
    }
    String segment = escaped ? unescape(raw, start, end) : raw.substring(start, end);
    if (segment == null) {
      return PathFault.NOT_UTF8;
    }
    segments.add(segment);
    return faultOf(segment);
  }

  /** Returns the text of a segment with escapes, or null when that is not UTF-8. */
  private static @Nullable String unescape(String raw, int start, int end) {
    ByteBuffer bytes = ByteBuffer.allocate(end - start);
    int i = start;
    while (i < end) {
      char c = raw.charAt(i);
      if (c == '%') {
        bytes.put((byte) (hexAt(raw, i + 1, end) << 4 | hexAt(raw, i + 2, end)));
        i += 3;
      } else {
        bytes.put((byte) c);
        i++;
      }
    }
    try {
      // A new decoder reports everything malformed, unlike the constructors of String.
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static int hexAt(String raw, int at, int end) {
    if (at >= end) {
      return -1;
    }
    char c = raw.charAt(at);
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    int lower = c | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }

  /**
   * Returns what keeps a text from being a decoded segment, null when nothing does.
   *
   * @param segment not percent-encoded
   */
  static @Nullable PathFault faultOf(String segment) {
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      if (c < ' ' || c == 0x7f) {
        return PathFault.CONTROL;
      }
      // RFC 3986 §2.2: an encoded delimiter is data, but too many would take it for a delimiter.
      if (c == '/') {
        return PathFault.ENCODED_SLASH;
      }
      if (c == '\\') {
        return PathFault.BACKSLASH;
      }
    }
    return isDotSegment(segment) ? PathFault.DOT_SEGMENT : null;
  }

  /** Tells whether a segment is {@code .} or {@code ..}, with or without path parameters. */
  private static boolean isDotSegment(String segment) {
    if (segment.isEmpty() || segment.charAt(0) != '.') {
      return false;
    }
    int dots = segment.length() > 1 && segment.charAt(1) == '.' ? 2 : 1;
    return segment.length() == dots || segment.charAt(dots) == ';';
  }
}
