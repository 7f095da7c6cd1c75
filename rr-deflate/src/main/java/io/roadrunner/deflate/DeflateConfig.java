package io.roadrunner.deflate;

/**
 * What this side wants, whichever side it is. The first four are wishes for the negotiation, and
 * only ever make the agreement narrower. "Server" and "client" name the side that compresses.
 *
 * @param serverWindowBits the most that the server uses, 8 to 15
 * @param clientWindowBits the most that the client uses, 8 to 15. A server can only ask for less
 *     than 15 if the client offered that (RFC 7692 §7.1.2.2)
 * @param serverContext whether messages of the server may refer to earlier ones
 * @param clientContext whether messages of the client may refer to earlier ones
 * @param level of {@link java.util.zip.Deflater}, 1 (fastest) to 9 (smallest)
 * @param minMessageBytes whole messages of fewer bytes are sent plain
 */
public record DeflateConfig(
    int serverWindowBits,
    int clientWindowBits,
    ContextTakeover serverContext,
    ContextTakeover clientContext,
    int level,
    int minMessageBytes) {

  private static final DeflateConfig DEFAULTS =
      new DeflateConfig(
          WindowBits.MOST,
          WindowBits.MOST,
          ContextTakeover.ALLOWED,
          ContextTakeover.ALLOWED,
          6,
          64);

  /** Refuses values out of range with {@link IllegalArgumentException}. */
  public DeflateConfig {
    WindowBits.require(serverWindowBits);
    WindowBits.require(clientWindowBits);
    if (level < 1 || level > 9) {
      throw new IllegalArgumentException("level is " + level + ", it has to be from 1 to 9");
    }
    if (minMessageBytes < 0) {
      throw new IllegalArgumentException("minMessageBytes is negative: " + minMessageBytes);
    }
  }

  /**
   * {@return windows of 15 bits and context takeover both ways, level 6, messages from 64 bytes}
   */
  public static DeflateConfig defaults() {
    return DEFAULTS;
  }

  /**
   * {@return a copy with another {@link #serverWindowBits}}
   *
   * @param bits 8 to 15
   */
  public DeflateConfig withServerWindowBits(int bits) {
    return new DeflateConfig(
        bits, clientWindowBits, serverContext, clientContext, level, minMessageBytes);
  }

  /**
   * {@return a copy with another {@link #clientWindowBits}}
   *
   * @param bits 8 to 15
   */
  public DeflateConfig withClientWindowBits(int bits) {
    return new DeflateConfig(
        serverWindowBits, bits, serverContext, clientContext, level, minMessageBytes);
  }

  /**
   * {@return a copy with another {@link #serverContext}}
   *
   * @param context for messages of the server
   */
  public DeflateConfig withServerContext(ContextTakeover context) {
    return new DeflateConfig(
        serverWindowBits, clientWindowBits, context, clientContext, level, minMessageBytes);
  }

  /**
   * {@return a copy with another {@link #clientContext}}
   *
   * @param context for messages of the client
   */
  public DeflateConfig withClientContext(ContextTakeover context) {
    return new DeflateConfig(
        serverWindowBits, clientWindowBits, serverContext, context, level, minMessageBytes);
  }

  /**
   * {@return a copy with another {@link #level}}
   *
   * @param value 1 to 9
   */
  public DeflateConfig withLevel(int value) {
    return new DeflateConfig(
        serverWindowBits, clientWindowBits, serverContext, clientContext, value, minMessageBytes);
  }

  /**
   * {@return a copy with another {@link #minMessageBytes}}
   *
   * @param bytes the least that is worth compressing; 0 and 1 mean every message that has any
   */
  public DeflateConfig withMinMessageBytes(int bytes) {
    return new DeflateConfig(
        serverWindowBits, clientWindowBits, serverContext, clientContext, level, bytes);
  }
}
