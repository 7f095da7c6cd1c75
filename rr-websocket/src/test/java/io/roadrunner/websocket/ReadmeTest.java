package io.roadrunner.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of README.md, which must stand here word for word. */
class ReadmeTest {

  private static final int MARKS = Pattern.MULTILINE | Pattern.DOTALL;

  // example: echo
  static void echo(MessageReader reader, WebSocketWriter writer, ByteBuffer in, ByteBuffer out) {
    try {
      while (true) {
        switch (reader.next(in)) {
          case NeedInput needInput -> {
            return;
          }
          case Message message ->
              writer.message(message.kind(), PayloadForm.PLAIN, message.payload(), out);
          case Ping ping -> writer.pong(ping.payload(), out);
          case Pong pong -> {}
          case Close close -> writer.answerClose(close, out);
        }
      }
    } catch (WebSocketException e) {
      writer.close(e.violation().closeCode(), e.violation().text(), out);
    }
  }

  // example end

  // example: handshake
  static List<HandshakeField> answer(HandshakeRequest request) {
    HandshakePolicy policy = HandshakePolicy.defaults().withSubprotocols("chat");
    return switch (Handshake.accept(request, policy)) {
      case Accepted accepted -> accepted.responseFields(List.of());
      case Refused refused -> refused.fields();
    };
  }

  // example end

  // example: stream
  static void count(WebSocketReader reader, PayloadPipeline pipeline, ByteBuffer in) {
    while (true) {
      switch (reader.next(in)) {
        case NeedInput needInput -> {
          return;
        }
        case MessageStart start -> pipeline.start(start);
        case MessageBytes bytes -> pipeline.bytes(bytes.view()); // its sink gets them, checked
        case MessageEnd end -> pipeline.end();
        case Ping ping -> {}
        case Pong pong -> {}
        case Close close -> {}
      }
    }
  }

  // example end

  @Test
  void counts() {
    AtomicLong total = new AtomicLong();
    PayloadPipeline pipeline =
        PayloadPipeline.plain(
            WebSocketLimits.defaults(), bytes -> total.addAndGet(bytes.remaining()));
    byte[] frames =
        Frames.join(
            Frames.masked(0x01, "Hel"),
            Frames.masked(0x89, "p"),
            Frames.masked(0x80, "lo"),
            Frames.masked(0x8A, "q"),
            Frames.masked(0x82, "!"),
            Frames.close(1000, new byte[0]));
    count(
        WebSocketReader.server(WebSocketLimits.defaults(), Rsv1.RESERVED),
        pipeline,
        ByteBuffer.wrap(frames));
    assertEquals(6, total.get());
  }

  @Test
  void echoes() {
    ByteBuffer out = ByteBuffer.allocate(300);
    byte[] frames =
        Frames.join(
            Frames.masked(0x81, "Hello"),
            Frames.masked(0x89, "p"),
            Frames.masked(0x8A, "q"),
            Frames.close(1000, new byte[0]));
    echo(
        MessageReader.server(WebSocketLimits.defaults()),
        WebSocketWriter.server(),
        ByteBuffer.wrap(frames),
        out);
    assertEquals("810548656c6c6f8a0170880203e8", Feed.hex(out.flip()));
    out.clear();
    echo(
        MessageReader.server(WebSocketLimits.defaults()),
        WebSocketWriter.server(),
        ByteBuffer.wrap(new byte[] {0x11, 0}),
        out);
    assertTrue(new String(out.array(), 4, out.position() - 4, UTF_8).startsWith("reserved bit"));
  }

  @Test
  void answers() {
    assertEquals(3, answer(TestRequest.upgrade()).size());
    assertEquals(0, answer(TestRequest.upgrade().withMethod("POST")).size());
  }

  @Test
  void examplesStandInTheReadme() throws IOException {
    Path here = Path.of(System.getProperty("basedir", ""));
    String readme = Files.readString(here.resolve("README.md"));
    Path tests = here.resolve("src/test/java/io/roadrunner/websocket");
    String source =
        Files.readString(tests.resolve("ReadmeTest.java"))
            + Files.readString(tests.resolve("Inflation.java"));
    Matcher examples =
        Pattern.compile("^ *// example: \\w+\n(.+?)\n *// example end", MARKS).matcher(source);
    int count = 0;
    for (; examples.find(); count++) {
      String example = examples.group(1).stripTrailing().stripIndent();
      assertTrue(readme.contains(example), example);
    }
    assertEquals(4, count);
  }
}
