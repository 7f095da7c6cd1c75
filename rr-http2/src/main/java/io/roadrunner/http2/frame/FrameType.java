package io.roadrunner.http2.frame;

/** The numbers of the frame types (RFC 9113 §6, RFC 9218 §7.1). */
final class FrameType {
  static final int DATA = 0x0;
  static final int HEADERS = 0x1;
  static final int PRIORITY = 0x2;
  static final int RST_STREAM = 0x3;
  static final int SETTINGS = 0x4;
  static final int PUSH_PROMISE = 0x5;
  static final int PING = 0x6;
  static final int GOAWAY = 0x7;
  static final int WINDOW_UPDATE = 0x8;
  static final int CONTINUATION = 0x9;
  static final int PRIORITY_UPDATE = 0x10;

  private FrameType() {}
}
