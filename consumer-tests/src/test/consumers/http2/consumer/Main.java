package consumer;

import io.roadrunner.hpack.HpackEncoder;
import io.roadrunner.hpack.IndexingPolicy;
import io.roadrunner.hpack.Sensitivity;
import io.roadrunner.http2.ExtendedConnect;
import io.roadrunner.http2.Fields;
import io.roadrunner.http2.Http2Connection;
import io.roadrunner.http2.Http2Event;
import io.roadrunner.http2.Http2Limits;
import io.roadrunner.http2.frame.DataFrame;
import io.roadrunner.http2.frame.EndStream;
import io.roadrunner.http2.frame.Frame;
import io.roadrunner.http2.frame.FrameReader;
import io.roadrunner.http2.frame.FrameWriter;
import io.roadrunner.http2.frame.HeadersFrame;
import io.roadrunner.http2.frame.SettingsFrame;
import io.roadrunner.http2.frame.WindowUpdateFrame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Sends a request to a server in memory, and prints what comes of it. */
final class Main {

  private Main() {}

  public static void main(String[] args) {
    Http2Connection server =
        Http2Connection.server(Http2Limits.defaults(), ExtendedConnect.DISABLED, System.nanoTime());
    serve(server, request());
    ByteBuffer out = ByteBuffer.allocate(1024);
    while (server.wantsWrite()) {
      server.write(out);
    }
    print(out.flip());
  }

  private static ByteBuffer request() {
    HpackEncoder encoder = HpackEncoder.create(IndexingPolicy.standard(), 4096);
    ByteBuffer block = ByteBuffer.allocate(256);
    encoder.beginBlock(block);
    encoder.encode(":method", "GET", Sensitivity.NORMAL, block);
    encoder.encode(":scheme", "https", Sensitivity.NORMAL, block);
    encoder.encode(":authority", "example.org", Sensitivity.NORMAL, block);
    encoder.encode(":path", "/notes", Sensitivity.NORMAL, block);

    ByteBuffer request = ByteBuffer.allocate(1024);
    request.put("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    FrameWriter.write(SettingsFrame.of(), request);
    FrameWriter.write(HeadersFrame.of(1, block.flip(), EndStream.YES), request);
    return request.flip();
  }

  private static void serve(Http2Connection server, ByteBuffer request) {
    Http2Event event = server.receive(request, System.nanoTime());
    while (!(event instanceof Http2Event.NeedInput)) {
      if (event instanceof Http2Event.RequestHeaders head) {
        int stream = head.streamId();
        System.out.println(
            "request " + stream + " " + head.head().method() + " " + head.head().path());
        server.sendHeaders(stream, 200, Fields.none(), EndStream.NO);
        server.sendData(stream, ByteBuffer.wrap(new byte[] {'o', 'k'}), EndStream.YES);
      }
      event = server.receive(request, System.nanoTime());
    }
  }

  private static void print(ByteBuffer frames) {
    FrameReader reader = FrameReader.create(FrameReader.LEAST_MAX_FRAME_BYTES);
    while (reader.next(frames) instanceof Frame frame) {
      System.out.println(
          switch (frame) {
            case SettingsFrame settings -> "SETTINGS";
            case WindowUpdateFrame update -> "WINDOW_UPDATE";
            case HeadersFrame headers -> "HEADERS " + headers.streamId();
            case DataFrame data -> "DATA " + data.streamId() + " " + data.endStream();
            default -> frame.toString();
          });
    }
  }
}
