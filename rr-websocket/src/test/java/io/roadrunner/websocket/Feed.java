package io.roadrunner.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;

/** Feeds bytes to a reader in many ways, and tells what came out as lines of text. */
final class Feed {

  static final WebSocketLimits LIMITS = WebSocketLimits.defaults();

  private static final int SPLIT_EVERYWHERE = 200;

  private Feed() {}

  /** What a server makes of the bytes. */
  static List<String> server(byte[]... parts) {
    return messages(() -> MessageReader.server(LIMITS), parts);
  }

  /** What a client makes of the bytes. */
  static List<String> client(byte[]... parts) {
    return messages(() -> MessageReader.client(LIMITS), parts);
  }

  /** Messages, whole and cut in many ways, which must not make a difference. */
  static List<String> messages(Supplier<MessageReader> readers, byte[]... parts) {
    return everyWay(
        () -> {
          MessageReader reader = readers.get();
          List<String> log = new ArrayList<>();
          return in -> message(reader, in, log);
        },
        Frames.join(parts));
  }

  /** Frame events, whole and cut in many ways, which must not make a difference. */
  static List<String> frames(Supplier<WebSocketReader> readers, byte[]... parts) {
    return everyWay(
        () -> {
          WebSocketReader reader = readers.get();
          List<String> log = new ArrayList<>();
          return in -> frame(reader, in, log);
        },
        Frames.join(parts));
  }

  /** Takes a buffer, reads it until more input is needed, and returns all lines so far. */
  interface Run {
    List<String> read(ByteBuffer in);
  }

  private static List<String> everyWay(Supplier<Run> runs, byte[] bytes) {
    List<String> whole = run(runs.get(), bytes, at -> bytes.length, ByteBuffer::allocate);
    same(whole, run(runs.get(), bytes, at -> bytes.length, ByteBuffer::allocateDirect), "direct");
    if (bytes.length <= SPLIT_EVERYWHERE) {
      same(whole, run(runs.get(), bytes, at -> at + 1, ByteBuffer::allocate), "byte by byte");
      same(whole, run(runs.get(), bytes, at -> at + 1, ByteBuffer::allocateDirect), "direct bytes");
      for (int split = 1; split < bytes.length; split++) {
        int cut = split;
        IntUnaryOperator next = at -> at < cut ? cut : bytes.length;
        same(whole, run(runs.get(), bytes, next, ByteBuffer::allocate), "split at " + cut);
      }
    }
    Random random = new Random(bytes.length);
    for (int i = 0; i < 4; i++) {
      IntUnaryOperator next = at -> at + 1 + random.nextInt(1 + bytes.length / 7);
      same(whole, run(runs.get(), bytes, next, ByteBuffer::allocate), "random splits");
    }
    return whole;
  }

  private static void same(List<String> expected, List<String> actual, String how) {
    assertEquals(expected, actual, how);
  }

  static List<String> run(
      Run run, byte[] bytes, IntUnaryOperator nextCut, IntFunction<ByteBuffer> allocate) {
    ByteBuffer in = allocate.apply(bytes.length + 1);
    List<String> log = run.read(in.limit(0));
    in.clear();
    int at = 0;
    while (at < bytes.length) {
      int to = Math.min(nextCut.applyAsInt(at), bytes.length);
      in.put(bytes, at, to - at).flip();
      log = run.read(in);
      in.compact();
      at = to;
    }
    return log;
  }

  private static List<String> message(MessageReader reader, ByteBuffer in, List<String> log) {
    if (failed(log)) {
      return log;
    }
    try {
      while (true) {
        MessageEvent event = reader.next(in);
        if (event == NeedInput.INSTANCE) {
          return log;
        }
        log.add(line(event));
      }
    } catch (WebSocketException e) {
      log.add("fail " + e.violation());
      return log;
    }
  }

  static String line(MessageEvent event) {
    return switch (event) {
      case NeedInput needInput -> "need input";
      case Message m when m.kind() == MessageKind.TEXT -> "text " + m.text();
      case Message m -> "binary " + hex(m.payload());
      case Ping ping -> "ping " + hex(ping.payload());
      case Pong pong -> "pong " + hex(pong.payload());
      case Close close -> "close " + close.code() + " " + close.reason();
    };
  }

  private static List<String> frame(WebSocketReader reader, ByteBuffer in, List<String> log) {
    if (failed(log)) {
      return log;
    }
    try {
      while (true) {
        FrameEvent event = reader.next(in);
        if (event == NeedInput.INSTANCE) {
          return log;
        }
        add(event, log);
      }
    } catch (WebSocketException e) {
      log.add("fail " + e.violation());
      return log;
    }
  }

  /** Neighbouring bytes become one line: where they are cut has no meaning. */
  private static void add(FrameEvent event, List<String> log) {
    switch (event) {
      case NeedInput needInput -> log.add("need input");
      case MessageStart start -> log.add("start " + start.kind() + " " + start.form());
      case MessageBytes bytes -> {
        boolean further = !log.isEmpty() && log.getLast().startsWith("bytes ");
        log.add(further ? log.removeLast() + hex(bytes.view()) : "bytes " + hex(bytes.view()));
      }
      case MessageEnd end -> log.add("end");
      case Ping ping -> log.add(line(ping));
      case Pong pong -> log.add(line(pong));
      case Close close -> log.add(line(close));
    }
  }

  private static boolean failed(List<String> log) {
    return !log.isEmpty() && log.getLast().startsWith("fail ");
  }

  static String hex(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(bytes.position(), copy);
    return HexFormat.of().formatHex(copy);
  }
}
