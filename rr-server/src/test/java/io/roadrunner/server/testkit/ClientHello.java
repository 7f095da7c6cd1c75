package io.roadrunner.server.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A ClientHello by hand (RFC 5246 §7.4.1.2), since no client of these days would send it. */
public final class ClientHello {

  private ClientHello() {}

  /** Returns a hello that offers those suites. */
  public static byte[] of(int version, int... suites) {
    return hello(version, suites, new byte[0]);
  }

  /** Returns a hello that offers an application protocol (RFC 7301) as well. */
  public static byte[] offering(String protocol, int version, int... suites) {
    byte[] name = protocol.getBytes(StandardCharsets.US_ASCII);
    byte[] alpn = joined(number(16, 2), sized(sized(sized(name, 1), 2), 2));
    return hello(version, suites, alpn);
  }

  /** Returns a hello with further extensions, in one record. */
  public static byte[] hello(int version, int[] suites, byte[] extensions) {
    byte[] list = new byte[0];
    for (int suite : suites) {
      list = joined(list, number(suite, 2));
    }
    byte[] groups = joined(number(10, 2), sized(sized(number(23, 2), 2), 2));
    byte[] algorithms =
        joined(number(13, 2), sized(sized(joined(number(0x0403, 2), number(0x0401, 2)), 2), 2));
    byte[] body =
        joined(
            number(version, 2),
            new byte[32],
            sized(new byte[0], 1),
            sized(list, 2),
            sized(new byte[1], 1),
            sized(joined(groups, algorithms, extensions), 2));
    byte[] message = joined(number(1, 1), sized(body, 3));
    return joined(number(22, 1), number(Math.min(version, 0x0301), 2), sized(message, 2));
  }

  /** Returns content behind its length, which has that many bytes. */
  public static byte[] sized(byte[] content, int bytes) {
    return joined(number(content.length, bytes), content);
  }

  /** Returns a number in network order. */
  public static byte[] number(int value, int bytes) {
    byte[] out = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      out[i] = (byte) (value >>> (8 * (bytes - 1 - i)));
    }
    return out;
  }

  /** Returns all of these in a row. */
  public static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
