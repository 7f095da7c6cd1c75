package io.roadrunner.deflate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.deflate.Extension.Parameter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of README.md, which must stand here word for word. */
class ReadmeTest {

  private static final int MARKS = Pattern.MULTILINE | Pattern.DOTALL;

  // example: negotiate
  static String negotiate(List<Extension> offers, DeflateConfig config) {
    return switch (PermessageDeflate.answer(offers, config)) {
      case Negotiation.Accepted accepted ->
          "Sec-WebSocket-Extensions: " + accepted.element(); // and keep accepted.parameters()
      case Negotiation.Declined declined -> "";
    };
  }

  // example end

  // example: send
  static String send(MessageDeflater deflater, ByteBuffer message) {
    ByteBuffer out = ByteBuffer.allocate(message.remaining() + MessageDeflater.EXTRA_ROOM);
    return switch (deflater.message(message, out)) {
      case COMPRESSED -> "RSV1 and " + out.flip().remaining() + " octets";
      case PLAIN -> "no RSV1 and " + message.remaining() + " octets";
    };
  }

  // example end

  // example: receive
  static void receive(
      MessageInflater inflater, ByteBuffer frame, Part part, ByteArrayOutputStream sink) {
    ByteBuffer out = ByteBuffer.allocate(8192); // one for all connections of a thread will do
    Progress progress;
    do {
      progress = inflater.inflate(frame, part, out.clear());
      sink.write(out.array(), 0, out.position());
    } while (progress == Progress.NEED_OUTPUT);
  }

  // example end

  @Test
  void negotiates() {
    Extension offer = Extension.of("permessage-deflate", Parameter.of("client_max_window_bits"));
    assertEquals(
        "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=10",
        negotiate(List.of(offer), DeflateConfig.defaults().withClientWindowBits(10)));
    assertEquals("", negotiate(List.of(), DeflateConfig.defaults()));
  }

  @Test
  void sends() {
    try (MessageDeflater deflater = Messages.deflater(15, ContextTakeover.ALLOWED)) {
      ByteBuffer message = ByteBuffer.wrap("abc".repeat(100).getBytes(UTF_8));
      assertEquals("RSV1 and 10 octets", send(deflater, message));
      assertEquals("no RSV1 and 1 octets", send(deflater, ByteBuffer.wrap(new byte[1])));
    }
  }

  @Test
  void receives() {
    ByteArrayOutputStream sink = new ByteArrayOutputStream();
    try (MessageInflater inflater = Messages.inflater()) {
      receive(inflater, ByteBuffer.wrap(Messages.hex("f248cd")), Part.MORE, sink);
      receive(inflater, ByteBuffer.wrap(Messages.hex("c9c90700")), Part.LAST, sink);
    }
    assertArrayEquals("Hello".getBytes(UTF_8), sink.toByteArray());
  }

  @Test
  void examplesStandInTheReadme() throws IOException {
    Path here = Path.of(System.getProperty("basedir", ""));
    String readme = Files.readString(here.resolve("README.md"));
    String source =
        Files.readString(here.resolve("src/test/java/io/roadrunner/deflate/ReadmeTest.java"));
    Matcher examples =
        Pattern.compile("^  // example: \\w+\n(.+?)\n  // example end", MARKS).matcher(source);
    int count = 0;
    for (; examples.find(); count++) {
      String example = examples.group(1).stripTrailing().stripIndent();
      assertTrue(readme.contains(example), example);
    }
    assertEquals(3, count);
  }
}
