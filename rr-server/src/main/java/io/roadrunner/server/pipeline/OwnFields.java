package io.roadrunner.server.pipeline;

import io.roadrunner.server.Headers;
import java.util.OptionalLong;

/**
 * The fields that the server sets itself, and what it makes of a handler that sets them as well.
 */
public final class OwnFields {

  private OwnFields() {}

  /** Tells whether a handler's field of that name is left out: it is the server's. */
  public static boolean contains(String name) {
    return switch (name.length()) {
      case 10 -> name.equalsIgnoreCase("connection") || name.equalsIgnoreCase("keep-alive");
      case 14 -> name.equalsIgnoreCase("content-length");
      case 17 -> name.equalsIgnoreCase("transfer-encoding");
      default -> false;
    };
  }

  /** Tells whether the handler has set a field that frames messages, which must be checked. */
  public static boolean frame(Headers headers) {
    for (int i = 0; i < headers.size(); i++) {
      int length = headers.name(i).length();
      if ((length == 14 || length == 17) && contains(headers.name(i))) {
        return true;
      }
    }
    return false;
  }

  /** Tells whether the handler wants the connection to end. */
  public static boolean sayClose(Headers headers) {
    for (int i = 0; i < headers.size(); i++) {
      if (headers.name(i).length() == 10
          && headers.name(i).equalsIgnoreCase("connection")
          && headers.value(i).equalsIgnoreCase("close")) {
        return true;
      }
    }
    return false;
  }

  /**
   * Checks that the handler's headers do not contradict the framing that the server chooses: a
   * content-length that differs from the body's, or any transfer-encoding, would let a peer read
   * messages that were never sent (RFC 9110 §8.6, RFC 9112 §6.1).
   *
   * @param length the body's length where it is known and there is a body
   * @throws IllegalStateException if they do
   */
  public static void check(Headers headers, OptionalLong length) {
    for (int i = 0; i < headers.size(); i++) {
      String name = headers.name(i);
      if (name.length() == 17 && name.equalsIgnoreCase("transfer-encoding")) {
        throw new IllegalStateException(
            "a handler must not set transfer-encoding; the server chooses the framing");
      }
      if (name.length() == 14
          && name.equalsIgnoreCase("content-length")
          && length.isPresent()
          && !headers.value(i).equals(Long.toString(length.getAsLong()))) {
        throw new IllegalStateException(
            "the handler's content-length is "
                + headers.value(i)
                + ", but its body has "
                + length.getAsLong()
                + " bytes");
      }
    }
  }
}
