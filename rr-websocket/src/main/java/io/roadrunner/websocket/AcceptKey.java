package io.roadrunner.websocket;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The key of an opening handshake and the proof that it was understood (RFC 6455 §4.2.2). */
final class AcceptKey {

  static final int NONCE_BYTES = 16;

  /** RFC 6455 §1.3. */
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private AcceptKey() {}

  /** Whether a key is 16 bytes in base64: 22 characters and two of padding. */
  static boolean isKey(String key) {
    return key.length() == 24
        && key.endsWith("==")
        && key.substring(0, 22).chars().allMatch(AcceptKey::isBase64);
  }

  private static boolean isBase64(int c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '/';
  }

  static String answerTo(String key) {
    byte[] proof = sha1().digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
    return Base64.getEncoder().encodeToString(proof);
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
