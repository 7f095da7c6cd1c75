package io.roadrunner.websocket;

/**
 * Where a client's masking keys come from. They have to be unpredictable for whoever supplies the
 * payload (RFC 6455 §10.3), so {@code new SecureRandom()::nextInt} is right, a counter only in
 * tests.
 */
@FunctionalInterface
public interface MaskSource {

  /**
   * A fresh key; called once for each frame.
   *
   * @return all 32 bits of it matter
   */
  int nextKey();
}
