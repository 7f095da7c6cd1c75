package io.roadrunner.server.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The few forms of DER (X.690) of which a certificate is made. */
final class Der {

  private static final int BOOLEAN = 0x01;
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OCTET_STRING = 0x04;
  private static final int NULL = 0x05;
  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int UTF8_STRING = 0x0c;
  private static final int GENERALIZED_TIME = 0x18;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private Der() {}

  /** Returns tag, length (X.690 §8.1.3) and content. */
  static byte[] tagged(int tag, byte[]... parts) {
    byte[] content = joined(parts);
    ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 6);
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else {
      byte[] length = BigInteger.valueOf(content.length).toByteArray();
      int zero = length[0] == 0 ? 1 : 0;
      out.write(0x80 | (length.length - zero));
      out.write(length, zero, length.length - zero);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  static byte[] sequence(byte[]... parts) {
    return tagged(SEQUENCE, parts);
  }

  static byte[] set(byte[] part) {
    return tagged(SET, part);
  }

  static byte[] yes() {
    return tagged(BOOLEAN, new byte[] {(byte) 0xff});
  }

  static byte[] none() {
    return tagged(NULL);
  }

  static byte[] integer(BigInteger value) {
    return tagged(INTEGER, value.toByteArray());
  }

  static byte[] bits(byte[] content) {
    return tagged(BIT_STRING, new byte[] {0}, content);
  }

  static byte[] octets(byte[] content) {
    return tagged(OCTET_STRING, content);
  }

  static byte[] text(String value) {
    return tagged(UTF8_STRING, value.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] time(Instant value) {
    return tagged(GENERALIZED_TIME, TIME.format(value).getBytes(StandardCharsets.US_ASCII));
  }

  /** Returns an object identifier (X.690 §8.19), whose arcs are all below 2^31. */
  static byte[] oid(int... arcs) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(40 * arcs[0] + arcs[1]);
    for (int i = 2; i < arcs.length; i++) {
      int shift = 28;
      while (shift > 0 && arcs[i] >>> shift == 0) {
        shift -= 7;
      }
      for (; shift > 0; shift -= 7) {
        out.write(0x80 | (arcs[i] >>> shift & 0x7f));
      }
      out.write(arcs[i] & 0x7f);
    }
    return tagged(OBJECT_IDENTIFIER, out.toByteArray());
  }
}
