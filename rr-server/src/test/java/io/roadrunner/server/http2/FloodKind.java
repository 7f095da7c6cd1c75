package io.roadrunner.server.http2;

import io.roadrunner.hpack.HpackEncoder;
import io.roadrunner.hpack.IndexingPolicy;
import io.roadrunner.hpack.Sensitivity;
import io.roadrunner.http2.frame.Ack;
import io.roadrunner.http2.frame.ContinuationFrame;
import io.roadrunner.http2.frame.DataFrame;
import io.roadrunner.http2.frame.EndHeaders;
import io.roadrunner.http2.frame.EndStream;
import io.roadrunner.http2.frame.ErrorCode;
import io.roadrunner.http2.frame.HeadersFrame;
import io.roadrunner.http2.frame.PingFrame;
import io.roadrunner.http2.frame.PriorityUpdateFrame;
import io.roadrunner.http2.frame.RstStreamFrame;
import io.roadrunner.http2.frame.SettingsFrame;
import io.roadrunner.http2.frame.WindowUpdateFrame;
import io.roadrunner.server.testkit.Http2Client;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The floods, each as the octets of a connection behind its preface: far more than is borne. */
enum FloodKind {
  SETTINGS("H08", "SETTINGS", 2_000) {
    @Override
    byte[] frame(Heads heads, int n) {
      return Http2Client.bytes(SettingsFrame.of());
    }
  },
  PING("H10", "PING", 30_000) {
    @Override
    byte[] frame(Heads heads, int n) {
      return Http2Client.bytes(new PingFrame(Ack.NO, n));
    }
  },
  UNKNOWN("H11", "frames of unknown types", 10_000) {
    @Override
    byte[] frame(Heads heads, int n) {
      return Http2Client.raw(0x42, 0xff, n, 1, 2, 3);
    }
  },
  EMPTY_CONTINUATION("H15", "CONTINUATION, empty", 10_000) {
    @Override
    byte[] frame(Heads heads, int n) {
      return n == 0 ? heads.withoutEnd() : continuation(0);
    }
  },
  TINY_CONTINUATION("H15", "CONTINUATION, 1 octet", 10_000) {
    @Override
    byte[] frame(Heads heads, int n) {
      return n == 0 ? heads.withoutEnd() : continuation(1);
    }
  },
  LARGE_CONTINUATION("H15", "CONTINUATION, 16 KiB", 200) {
    @Override
    byte[] frame(Heads heads, int n) {
      return n == 0 ? heads.withoutEnd() : continuation(16_384);
    }
  },
  DRIBBLE("H18", "window opened octet by octet", 50_000) {
    @Override
    byte[] frame(Heads heads, int n) {
      return n == 0
          ? Http2Client.bytes(heads.request(1, "GET", FloodServer.LARGE, EndStream.YES))
          : Http2Client.bytes(new WindowUpdateFrame(1, 1));
    }

    @Override
    long[] settings() {
      return new long[] {SettingsFrame.INITIAL_WINDOW_SIZE, 0};
    }
  },
  EMPTY_DATA("H20", "DATA, empty", 2_000) {
    @Override
    byte[] frame(Heads heads, int n) {
      return n == 0 ? heads.upload() : data(0);
    }
  },
  TINY_DATA("H21", "DATA, 1 octet", 500_000) {
    @Override
    byte[] frame(Heads heads, int n) {
      return n == 0 ? heads.upload() : data(1);
    }
  },
  PRIORITIES("H22", "PRIORITY and PRIORITY_UPDATE", 20_000) {
    @Override
    byte[] frame(Heads heads, int n) {
      return n % 2 == 0
          ? Http2Client.bytes(
              new PriorityUpdateFrame(id(n % 1000), StandardCharsets.US_ASCII.encode("u=0")))
          : Http2Client.raw(2, 0, id(n), 0, 0, 0, 0, 1);
    }
  },
  RAPID_RESET("S01", "HEADERS and RST_STREAM", 50_000) {
    @Override
    byte[] frame(Heads heads, int n) {
      return Http2Client.bytes(
          heads.request(id(n), "GET", "/hello", EndStream.YES),
          new RstStreamFrame(id(n), ErrorCode.CANCEL.code()));
    }
  },
  MADE_RESET("S02", "HEADERS, and what is answered with RST_STREAM", 20_000) {
    @Override
    byte[] frame(Heads heads, int n) {
      byte[] request = Http2Client.bytes(heads.request(id(n), "GET", "/hello", EndStream.YES));
      byte[] provocation =
          switch (n % 4) {
            case 0 -> Http2Client.bytes(new WindowUpdateFrame(id(n), Integer.MAX_VALUE));
            case 1 -> Http2Client.raw(8, 0, id(n), 0, 0, 0, 0);
            case 2 -> Http2Client.raw(2, 0, id(n), 0);
            default -> Http2Client.raw(2, 0, id(n), 0, 0, id(n) >> 8, id(n), 1);
          };
      return join(request, provocation);
    }
  };

  private final String row;
  private final String what;
  private final int frames;

  FloodKind(String row, String what, int frames) {
    this.row = row;
    this.what = what;
    this.frames = frames;
  }

  /** Returns the row of the attack catalogue. */
  String row() {
    return row;
  }

  /** Returns what is sent, for people. */
  String what() {
    return what;
  }

  /** Returns the settings of the client: identifier, value. */
  long[] settings() {
    return new long[0];
  }

  /** Returns all of it. */
  byte[] octets() {
    Heads heads = new Heads();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int n = 0; n < frames; n++) {
      all.writeBytes(frame(heads, n));
    }
    return all.toByteArray();
  }

  abstract byte[] frame(Heads heads, int number);

  private static int id(int number) {
    return 2 * number + 1;
  }

  private static byte[] data(int size) {
    return Http2Client.bytes(DataFrame.of(1, ByteBuffer.allocate(size), EndStream.NO));
  }

  private static byte[] continuation(int size) {
    return Http2Client.bytes(new ContinuationFrame(1, ByteBuffer.allocate(size), EndHeaders.NO));
  }

  private static byte[] join(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }

  /** Encodes the heads of one connection, in order. */
  static final class Heads {
    private final HpackEncoder encoder = HpackEncoder.create(IndexingPolicy.standard(), 4096);
    private final ByteBuffer block = ByteBuffer.allocate(1024);

    HeadersFrame request(int streamId, String method, String path, EndStream end) {
      block.clear();
      encoder.beginBlock(block);
      encoder.encode(":method", method, Sensitivity.NORMAL, block);
      encoder.encode(":scheme", "http", Sensitivity.NORMAL, block);
      encoder.encode(":path", path, Sensitivity.NORMAL, block);
      encoder.encode(":authority", "a.test", Sensitivity.NORMAL, block);
      return HeadersFrame.of(streamId, block.flip(), end);
    }

    byte[] withoutEnd() {
      ByteBuffer fragment = request(1, "GET", "/hello", EndStream.YES).fragment();
      return Http2Client.bytes(
          new HeadersFrame(1, fragment, EndStream.YES, EndHeaders.NO, Optional.empty()));
    }

    byte[] upload() {
      return Http2Client.bytes(request(1, "POST", "/echo", EndStream.NO));
    }
  }
}
