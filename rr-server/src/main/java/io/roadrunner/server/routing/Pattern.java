package io.roadrunner.server.routing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A route's pattern, taken apart. */
public final class Pattern {

  /** One segment of a pattern. */
  sealed interface Part {
    /** Matches that segment only; {@code text} is not percent-encoded. */
    record Literal(String text) implements Part {}

    /** {@code :name}, matches any segment that is not empty. */
    record Param(String name) implements Part {}

    /** {@code *name}, the last part: matches all that is left, also one empty segment. */
    record Rest(String name) implements Part {}
  }

  private static final String HEX = "0123456789ABCDEF";

  private final String text;
  private final List<Part> parts;
  private final List<String> names;

  private Pattern(String text, List<Part> parts, List<String> names) {
    this.text = text;
    this.parts = List.copyOf(parts);
    this.names = List.copyOf(names);
  }

  /**
   * Returns a pattern.
   *
   * @param text for instance {@code /users/:id/files/*path}; literals are written as people read
   *     them, not percent-encoded
   * @throws IllegalArgumentException if that is no pattern; the message names it
   */
  public static Pattern parse(String text) {
    if (!text.startsWith("/")) {
      throw wrong(text, "must begin with a slash");
    }
    String[] segments = text.substring(1).split("/", -1);
    if (segments.length > PathPolicy.MAX_SEGMENTS) {
      throw wrong(text, "has more than " + PathPolicy.MAX_SEGMENTS + " segments");
    }
    List<Part> parts = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < segments.length; i++) {
      Part part = part(text, segments[i]);
      parts.add(part);
      String name = nameOf(part);
      if (name != null && names.contains(name)) {
        throw wrong(text, "has two parameters named \"" + name + "\"");
      }
      if (name != null) {
        names.add(name);
      }
      if (part instanceof Part.Rest && i < segments.length - 1) {
        throw wrong(text, "has something behind \"" + segments[i] + "\", which must be the last");
      }
    }
    return new Pattern(text, parts, names);
  }

  private static Part part(String text, String segment) {
    if (segment.startsWith(":")) {
      return new Part.Param(name(text, segment));
    }
    if (segment.startsWith("*")) {
      return new Part.Rest(name(text, segment));
    }
    for (char c : new char[] {'%', '?', '#'}) {
      if (segment.indexOf(c) >= 0) {
        throw wrong(text, "must not hold \"" + c + "\": literals are written unencoded");
      }
    }
    PathFault fault = faultOf(segment);
    if (fault != null) {
      throw wrong(text, "can match no request: " + fault.text());
    }
    return new Part.Literal(segment);
  }

  private static String name(String text, String segment) {
    String name = segment.substring(1);
    if (name.isEmpty()) {
      throw wrong(text, "has a parameter without a name: \"" + segment + "\"");
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      int lower = c | 0x20;
      boolean letter = (lower >= 'a' && lower <= 'z') || c == '_';
      boolean digit = c >= '0' && c <= '9';
      if (!letter && (!digit || i == 0)) {
        throw wrong(
            text,
            "has a parameter whose name is not made of letters, digits and _: \"" + segment + "\"");
      }
    }
    return name;
  }

  private static @Nullable String nameOf(Part part) {
    return switch (part) {
      case Part.Literal literal -> null;
      case Part.Param param -> param.name();
      case Part.Rest rest -> rest.name();
    };
  }

  private static @Nullable PathFault faultOf(String segment) {
    // A lone surrogate has no UTF-8 form, so no path can carry it.
    return StandardCharsets.UTF_8.newEncoder().canEncode(segment)
        ? PathPolicy.faultOf(segment)
        : PathFault.NOT_UTF8;
  }

  private static IllegalArgumentException wrong(String text, String what) {
    return new IllegalArgumentException("the pattern \"" + text + "\" " + what);
  }

  /** Returns the pattern as it was written. */
  public String text() {
    return text;
  }

  /** Returns the parts, at least one. */
  List<Part> parts() {
    return parts;
  }

  /** Returns the names of the parameters in their order. */
  List<String> names() {
    return names;
  }

  /**
   * Returns the values of the parameters.
   *
   * @param segments of a path that this pattern matches
   */
  List<String> values(List<String> segments) {
    List<String> values = new ArrayList<>(names.size());
    for (int i = 0; i < parts.size(); i++) {
      switch (parts.get(i)) {
        case Part.Literal literal -> {}
        case Part.Param param -> values.add(segments.get(i));
        case Part.Rest rest -> values.add(String.join("/", segments.subList(i, segments.size())));
      }
    }
    return values;
  }

  /** Returns this pattern without its names: two patterns of one shape match the same paths. */
  public String shape() {
    StringBuilder shape = new StringBuilder();
    for (Part part : parts) {
      shape.append('/');
      switch (part) {
        case Part.Literal literal -> shape.append(literal.text());
        case Part.Param param -> shape.append(':');
        case Part.Rest rest -> shape.append('*');
      }
    }
    return shape.toString();
  }

  /**
   * Returns the path that has these parameters, percent-encoded.
   *
   * @param params a value for each name of the pattern, not percent-encoded
   * @throws IllegalArgumentException if one is missing or unknown, or could not come back as it is
   */
  public String fill(Map<String, String> params) {
    if (!Set.copyOf(names).equals(params.keySet())) {
      throw wrong(text, "needs the parameters " + names + ", not " + params.keySet());
    }
    StringBuilder path = new StringBuilder();
    for (Part part : parts) {
      path.append('/');
      switch (part) {
        case Part.Literal literal -> appendEncoded(literal.text(), path);
        case Part.Param param -> appendEncoded(checked(param.name(), params), path);
        case Part.Rest rest -> appendEncoded(checkedRest(rest.name(), params), path);
      }
    }
    return path.toString();
  }

  private String checked(String name, Map<String, String> params) {
    String value = params.getOrDefault(name, "");
    PathFault fault = faultOf(value);
    if (value.isEmpty() || fault != null) {
      throw wrong(
          text,
          "cannot carry such a \"%s\": %s"
              .formatted(name, fault == null ? "it is empty" : fault.text()));
    }
    return value;
  }

  private String checkedRest(String name, Map<String, String> params) {
    String value = params.getOrDefault(name, "");
    String[] segments = value.split("/", -1);
    for (String segment : segments) {
      PathFault fault = faultOf(segment);
      if (fault != null) {
        throw wrong(text, "cannot carry such a \"%s\": %s".formatted(name, fault.text()));
      }
    }
    if (parts.size() - 1 + segments.length > PathPolicy.MAX_SEGMENTS) {
      throw wrong(text, "cannot carry such a \"%s\": too many segments".formatted(name));
    }
    return value;
  }

  /** Leaves {@code pchar} and the slash as they are (RFC 3986 §3.3). */
  private static void appendEncoded(String plain, StringBuilder out) {
    for (byte b : plain.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      int lower = c | 0x20;
      if ((lower >= 'a' && lower <= 'z')
          || (c >= '0' && c <= '9')
          || "-._~!$&'()*+,;=:@/".indexOf(c) >= 0) {
        out.append(c);
      } else {
        out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xf));
      }
    }
  }
}
