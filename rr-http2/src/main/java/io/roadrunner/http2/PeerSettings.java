package io.roadrunner.http2;

import io.roadrunner.http2.frame.FrameReader;
import io.roadrunner.http2.frame.Http2Exception;
import io.roadrunner.http2.frame.Http2Violation;
import io.roadrunner.http2.frame.SettingsFrame;

/** The settings of the client that matter for what is sent to it (RFC 9113 §6.5.2). */
final class PeerSettings {
  static final int DEFAULT_WINDOW = 65_535;
  private static final int DEFAULT_TABLE_BYTES = 4096;

  private int initialWindow = DEFAULT_WINDOW;
  private int maxFrameBytes = FrameReader.LEAST_MAX_FRAME_BYTES;
  private long headerTableBytes = DEFAULT_TABLE_BYTES;
  private long leastHeaderTableBytes = DEFAULT_TABLE_BYTES;

  int initialWindow() {
    return initialWindow;
  }

  int maxFrameBytes() {
    return maxFrameBytes;
  }

  long headerTableBytes() {
    return headerTableBytes;
  }

  /** The smallest size that there has been, which an encoder has to signal (RFC 7541 §4.2). */
  long leastHeaderTableBytes() {
    return leastHeaderTableBytes;
  }

  /** Applies one entry, or throws a connection error. Unknown ones are passed over. */
  void apply(int id, long value) {
    switch (id) {
      case SettingsFrame.HEADER_TABLE_SIZE -> {
        headerTableBytes = value;
        leastHeaderTableBytes = Math.min(leastHeaderTableBytes, value);
      }
      case SettingsFrame.ENABLE_PUSH,
          SettingsFrame.ENABLE_CONNECT_PROTOCOL,
          SettingsFrame.NO_RFC7540_PRIORITIES ->
          require(value <= 1, Http2Violation.BAD_SWITCH);
      case SettingsFrame.INITIAL_WINDOW_SIZE -> {
        require(value <= Integer.MAX_VALUE, Http2Violation.BAD_INITIAL_WINDOW);
        initialWindow = (int) value;
      }
      case SettingsFrame.MAX_FRAME_SIZE -> {
        require(
            value >= FrameReader.LEAST_MAX_FRAME_BYTES && value <= FrameReader.MOST_FRAME_BYTES,
            Http2Violation.BAD_MAX_FRAME_SIZE);
        maxFrameBytes = (int) value;
      }
      default -> {}
    }
  }

  private static void require(boolean fine, Http2Violation violation) {
    if (!fine) {
      throw Http2Exception.connection(violation);
    }
  }
}
