package io.roadrunner.http2;

import io.roadrunner.hpack.HpackDecoder;
import io.roadrunner.hpack.HpackEncoder;
import io.roadrunner.hpack.HpackLimits;
import io.roadrunner.hpack.IndexingPolicy;
import io.roadrunner.hpack.Sensitivity;
import io.roadrunner.http2.frame.Ack;
import io.roadrunner.http2.frame.ContinuationFrame;
import io.roadrunner.http2.frame.DataFrame;
import io.roadrunner.http2.frame.EndHeaders;
import io.roadrunner.http2.frame.EndStream;
import io.roadrunner.http2.frame.ErrorCode;
import io.roadrunner.http2.frame.Frame;
import io.roadrunner.http2.frame.FrameReader;
import io.roadrunner.http2.frame.FrameWriter;
import io.roadrunner.http2.frame.GoAwayFrame;
import io.roadrunner.http2.frame.HeadersFrame;
import io.roadrunner.http2.frame.PingFrame;
import io.roadrunner.http2.frame.RstStreamFrame;
import io.roadrunner.http2.frame.SettingsFrame;
import io.roadrunner.http2.frame.UnknownFrame;
import io.roadrunner.http2.frame.WindowUpdateFrame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A client in memory, made of frames and HPACK, and the connection that it talks to. */
final class Client {
  static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
  static final long SECOND = 1_000_000_000L;

  final Http2Connection server;
  final HpackEncoder encoder = HpackEncoder.create(IndexingPolicy.standard(), 4096);
  final HpackDecoder decoder = HpackDecoder.create(new HpackLimits(1 << 20, 10_000, 1 << 20));
  final FrameReader reader = FrameReader.create(FrameReader.MOST_FRAME_BYTES);
  long now = 1000 * SECOND;
  ByteBuffer out = ByteBuffer.allocate(1 << 17);

  Client(Http2Limits limits, ExtendedConnect extendedConnect) {
    server = Http2Connection.server(limits, extendedConnect, now);
  }

  /** A client that has sent nothing. */
  static Client silent() {
    return new Client(Http2Limits.defaults(), ExtendedConnect.DISABLED);
  }

  static Client connected() {
    return connected(Http2Limits.defaults());
  }

  static Client connected(Http2Limits limits) {
    return new Client(limits, ExtendedConnect.DISABLED).connect();
  }

  /** Preface and settings, both ways; what the server sends with it is read and dropped. */
  Client connect(long... settings) {
    receive(ByteBuffer.wrap(PREFACE));
    send(SettingsFrame.of(settings));
    send(SettingsFrame.acknowledgement());
    output();
    return this;
  }

  List<String> send(Frame... frames) {
    return receive(bytes(frames));
  }

  static ByteBuffer bytes(Frame... frames) {
    int room = 0;
    for (Frame frame : frames) {
      room += FrameWriter.HEADER_BYTES + payloadBytes(frame);
    }
    ByteBuffer bytes = ByteBuffer.allocate(room);
    for (Frame frame : frames) {
      FrameWriter.write(frame, bytes);
    }
    return bytes.flip();
  }

  private static int payloadBytes(Frame frame) {
    return switch (frame) {
      case DataFrame data -> data.data().remaining();
      case HeadersFrame headers -> 5 + headers.fragment().remaining();
      case ContinuationFrame continuation -> continuation.fragment().remaining();
      case SettingsFrame settings -> settings.entries().remaining();
      case UnknownFrame unknown -> unknown.payload().remaining();
      default -> 64;
    };
  }

  /** A frame that no writer would write: type, flags, stream and payload as they are. */
  static ByteBuffer raw(int type, int flags, int streamId, int... payload) {
    ByteBuffer bytes = ByteBuffer.allocate(9 + payload.length);
    bytes.putInt(payload.length << 8 | type).put((byte) flags).putInt(streamId);
    for (int octet : payload) {
      bytes.put((byte) octet);
    }
    return bytes.flip();
  }

  /** Feeds octets, and tells what came of it, one line for each event. */
  List<String> receive(ByteBuffer in) {
    List<String> log = new ArrayList<>();
    while (true) {
      Http2Event event = server.receive(in, now);
      if (event instanceof Http2Event.NeedInput) {
        return log;
      }
      log.add(line(event));
    }
  }

  List<String> events() {
    return receive(ByteBuffer.allocate(0));
  }

  static String line(Http2Event event) {
    return switch (event) {
      case Http2Event.RequestHeaders request -> {
        RequestHead head = request.head();
        yield "request %d %s %s%s%s"
            .formatted(
                request.streamId(),
                head.method(),
                head.path(),
                head.fields().count() == 0 ? "" : " " + head.fields(),
                request.endStream() == EndStream.YES ? " end" : "");
      }
      case Http2Event.HeaderListTooLarge large ->
          "too large " + large.streamId() + (large.endStream() == EndStream.YES ? " end" : "");
      case Http2Event.Data data ->
          "data %d %s %d".formatted(data.streamId(), text(data.data()), data.flowControlledBytes());
      case Http2Event.RequestTrailers trailers ->
          "trailers " + trailers.streamId() + " " + trailers.fields();
      case Http2Event.EndOfRequest end -> "end " + end.streamId();
      case Http2Event.StreamReset reset ->
          "reset %d %s %s".formatted(reset.streamId(), code(reset.errorCode()), reset.cause());
      case Http2Event.Writable writable -> "writable " + writable.streamId();
      case Http2Event.ResponseSent sent -> "sent " + sent.streamId();
      case Http2Event.PeerGoAway goAway ->
          "goaway " + goAway.lastStreamId() + " " + code(goAway.errorCode());
      case Http2Event.PingAcknowledged ping -> "pong " + ping.opaque();
      case Http2Event.ConnectionFailed failed ->
          "failed " + failed.error().code() + " " + failed.error().violation();
      case Http2Event.NeedInput none -> "need input";
    };
  }

  static String text(ByteBuffer bytes) {
    return StandardCharsets.ISO_8859_1.decode(bytes.duplicate()).toString();
  }

  static String code(int code) {
    for (ErrorCode known : ErrorCode.values()) {
      if (known.code() == code) {
        return known.name();
      }
    }
    return Integer.toString(code);
  }

  /** What the server writes now, one line for each frame. */
  List<String> output() {
    List<String> log = new ArrayList<>();
    ByteBuffer pending = null;
    while (server.wantsWrite()) {
      server.write(out.clear());
      out.flip();
      while (reader.next(out) instanceof Frame frame) {
        if (frame instanceof HeadersFrame headers && headers.endHeaders() == EndHeaders.NO) {
          log.add("headers part " + headers.streamId());
          pending = ByteBuffer.allocate(1 << 20).put(headers.fragment());
        } else if (frame instanceof ContinuationFrame part && pending != null) {
          pending.put(part.fragment());
          log.add("continuation " + part.streamId() + " " + part.endHeaders());
          if (part.endHeaders() == EndHeaders.YES) {
            log.add(fields(pending.flip()));
          }
        } else {
          log.add(line(frame));
        }
      }
    }
    return log;
  }

  private String line(Frame frame) {
    return switch (frame) {
      case DataFrame data ->
          "data %d %s%s".formatted(data.streamId(), text(data.data()), end(data.endStream()));
      case HeadersFrame headers ->
          "headers %d %s%s"
              .formatted(headers.streamId(), fields(headers.fragment()), end(headers.endStream()));
      case RstStreamFrame reset -> "rst " + reset.streamId() + " " + code(reset.errorCode());
      case SettingsFrame settings ->
          settings.ack() == Ack.YES ? "settings ack" : "settings " + entries(settings);
      case PingFrame ping -> "ping " + ping.ack() + " " + ping.opaque();
      case GoAwayFrame goAway -> "goaway " + goAway.lastStreamId() + " " + code(goAway.errorCode());
      case WindowUpdateFrame update -> "window " + update.streamId() + " " + update.increment();
      default -> frame.toString();
    };
  }

  private static List<String> entries(SettingsFrame settings) {
    List<String> entries = new ArrayList<>();
    for (int i = 0; i < settings.count(); i++) {
      entries.add(settings.id(i) + "=" + settings.value(i));
    }
    return entries;
  }

  private static String end(EndStream end) {
    return end == EndStream.YES ? " end" : "";
  }

  private String fields(ByteBuffer block) {
    List<String> fields = new ArrayList<>();
    decoder.decode(block, (name, value, sensitivity) -> fields.add(name + "=" + value));
    return fields.toString();
  }

  ByteBuffer block(String... namesAndValues) {
    ByteBuffer block = ByteBuffer.allocate(blockBytes(namesAndValues));
    encoder.beginBlock(block);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      encoder.encode(namesAndValues[i], namesAndValues[i + 1], Sensitivity.NORMAL, block);
    }
    return block.flip();
  }

  private static int blockBytes(String... namesAndValues) {
    int bytes = HpackEncoder.MAX_BLOCK_START_BYTES;
    for (int i = 0; i < namesAndValues.length; i += 2) {
      bytes += HpackEncoder.maxEncodedBytes(namesAndValues[i], namesAndValues[i + 1]);
    }
    return bytes;
  }

  HeadersFrame headers(int streamId, EndStream end, String... namesAndValues) {
    return HeadersFrame.of(streamId, block(namesAndValues), end);
  }

  /** A request with these fields behind the usual ones. */
  HeadersFrame request(int streamId, String method, EndStream end, String... fields) {
    List<String> all =
        new ArrayList<>(
            List.of(
                ":method", method, ":scheme", "https", ":path", "/", ":authority", "a.example"));
    all.addAll(List.of(fields));
    return headers(streamId, end, all.toArray(String[]::new));
  }

  HeadersFrame get(int streamId, String... fields) {
    return request(streamId, "GET", EndStream.YES, fields);
  }

  HeadersFrame post(int streamId, String... fields) {
    return request(streamId, "POST", EndStream.NO, fields);
  }

  static DataFrame data(int streamId, String text, EndStream end) {
    return DataFrame.of(streamId, ascii(text), end);
  }

  static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Answers with 200 and this content. */
  void respond(int streamId, String content) {
    server.sendHeaders(streamId, 200, Fields.none(), EndStream.NO);
    server.sendData(streamId, ascii(content), EndStream.YES);
  }
}
