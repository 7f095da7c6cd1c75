package io.roadrunner.http2.frame;

import java.nio.ByteBuffer;

/**
 * SETTINGS (RFC 9113 §6.5). The values are as the peer sent them; whether they are allowed is for
 * the connection to say.
 *
 * @param ack whether it acknowledges settings, and then has no entries
 * @param entries 6 octets for each entry: identifier and value. Entries can repeat, the last counts
 */
public record SettingsFrame(Ack ack, ByteBuffer entries) implements Frame {
  /** SETTINGS_HEADER_TABLE_SIZE. */
  public static final int HEADER_TABLE_SIZE = 0x1;

  /** SETTINGS_ENABLE_PUSH. */
  public static final int ENABLE_PUSH = 0x2;

  /** SETTINGS_MAX_CONCURRENT_STREAMS. */
  public static final int MAX_CONCURRENT_STREAMS = 0x3;

  /** SETTINGS_INITIAL_WINDOW_SIZE. */
  public static final int INITIAL_WINDOW_SIZE = 0x4;

  /** SETTINGS_MAX_FRAME_SIZE. */
  public static final int MAX_FRAME_SIZE = 0x5;

  /** SETTINGS_MAX_HEADER_LIST_SIZE. */
  public static final int MAX_HEADER_LIST_SIZE = 0x6;

  /** SETTINGS_ENABLE_CONNECT_PROTOCOL (RFC 8441 §3). */
  public static final int ENABLE_CONNECT_PROTOCOL = 0x8;

  /** SETTINGS_NO_RFC7540_PRIORITIES (RFC 9218 §2.1). */
  public static final int NO_RFC7540_PRIORITIES = 0x9;

  private static final int ENTRY_BYTES = 6;
  private static final ByteBuffer EMPTY = ByteBuffer.allocate(0).asReadOnlyBuffer();

  /** {@return the frame that acknowledges settings} */
  public static SettingsFrame acknowledgement() {
    return new SettingsFrame(Ack.YES, EMPTY);
  }

  /**
   * {@return settings}
   *
   * @param idsAndValues identifier, value, identifier, value, ...; values are 0 to 2^32-1
   */
  public static SettingsFrame of(long... idsAndValues) {
    if (idsAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("an identifier without a value");
    }
    ByteBuffer entries = ByteBuffer.allocate(idsAndValues.length / 2 * ENTRY_BYTES);
    for (int i = 0; i < idsAndValues.length; i += 2) {
      entries.putShort((short) idsAndValues[i]).putInt((int) idsAndValues[i + 1]);
    }
    return new SettingsFrame(Ack.NO, entries.flip().asReadOnlyBuffer());
  }

  static SettingsFrame read(FrameHeader header, ByteBuffer payload) {
    Payload.requireConnection(header);
    Ack ack = Ack.of(header.flags());
    Payload.requireLength(
        payload.remaining() % ENTRY_BYTES == 0 && (ack == Ack.NO || !payload.hasRemaining()));
    return new SettingsFrame(ack, payload);
  }

  @Override
  public int streamId() {
    return 0;
  }

  /** {@return how many entries there are} */
  public int count() {
    return entries.remaining() / ENTRY_BYTES;
  }

  /**
   * {@return the identifier of an entry}
   *
   * @param entry 0 for the first
   */
  public int id(int entry) {
    return entries.getShort(entries.position() + entry * ENTRY_BYTES) & 0xFFFF;
  }

  /**
   * {@return the value of an entry, 0 to 2^32-1}
   *
   * @param entry 0 for the first
   */
  public long value(int entry) {
    return entries.getInt(entries.position() + entry * ENTRY_BYTES + 2) & 0xFFFF_FFFFL;
  }

  void write(ByteBuffer out) {
    FrameHeader.write(entries.remaining(), FrameType.SETTINGS, ack.flag(), 0, out);
    out.put(entries.duplicate());
  }
}
