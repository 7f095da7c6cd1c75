package io.roadrunner.server.pipeline;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Turns the numbers of exchanges into request ids: different numbers give different ids, and nobody
 * without the keys can tell one from another. Costs nothing until an id is asked for.
 */
final class RequestIds {

  private static final int ROUNDS = 4;

  private final int[] keys = new int[ROUNDS];

  RequestIds() {
    SecureRandom random = new SecureRandom();
    for (int i = 0; i < ROUNDS; i++) {
      keys[i] = random.nextInt();
    }
  }

  String of(long number) {
    return HexFormat.of().toHexDigits(permuted(number));
  }

  /** A Feistel network: a permutation whatever its round function is, hence no two ids alike. */
  private long permuted(long number) {
    int left = (int) (number >>> 32);
    int right = (int) number;
    for (int key : keys) {
      int next = left ^ mix(right + key);
      left = right;
      right = next;
    }
    return ((long) left << 32) | (right & 0xffff_ffffL);
  }

  private static int mix(int value) {
    int h = value;
    h ^= h >>> 16;
    h *= 0x85ebca6b;
    h ^= h >>> 13;
    h *= 0xc2b2ae35;
    return h ^ (h >>> 16);
  }
}
