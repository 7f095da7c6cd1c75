package io.roadrunner.websocket;

import static io.roadrunner.websocket.Frames.BINARY;
import static io.roadrunner.websocket.Frames.CONTINUATION;
import static io.roadrunner.websocket.Frames.FIN;
import static io.roadrunner.websocket.Frames.RSV1;
import static io.roadrunner.websocket.Frames.TEXT;
import static io.roadrunner.websocket.Frames.masked;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.deflate.ContextTakeover;
import io.roadrunner.deflate.DeflateConfig;
import io.roadrunner.deflate.DeflateLimits;
import io.roadrunner.deflate.DeflateParameters;
import io.roadrunner.deflate.MessageDeflater;
import io.roadrunner.deflate.MessageForm;
import io.roadrunner.deflate.MessageInflater;
import io.roadrunner.deflate.NativeCodecs;
import io.roadrunner.deflate.Part;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Frames, messages and permessage-deflate together. */
class CompressedConnectionTest {

  private static final NativeCodecs CODECS = NativeCodecs.unpooled();

  private static final DeflateParameters ALL =
      new DeflateParameters(15, 15, ContextTakeover.ALLOWED, ContextTakeover.ALLOWED);

  private static byte[] zeros(int size) {
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(new byte[size]);
    byte[] piece = new byte[1 << 16];
    int count = deflater.deflate(piece, 0, piece.length, Deflater.SYNC_FLUSH);
    deflater.end();
    return Arrays.copyOf(piece, count - 4);
  }

  /** What a reader lets through of a message until it refuses it. */
  private static long refused(
      WebSocketLimits limits, DeflateLimits inflated, WebSocketViolation violation) {
    long[] seen = {0};
    try (MessageInflater inflater = MessageInflater.server(ALL, inflated, CODECS)) {
      PayloadPipeline pipeline =
          PayloadPipeline.decompressing(
              limits, new Inflation(inflater), bytes -> seen[0] += bytes.remaining());
      pipeline.start(MessageStart.of(MessageKind.BINARY, PayloadForm.COMPRESSED));
      ByteBuffer payload = ByteBuffer.wrap(zeros(6_000_000));
      WebSocketException e = assertThrows(WebSocketException.class, () -> pipeline.bytes(payload));
      assertEquals(violation, e.violation());
    }
    return seen[0];
  }

  @Test
  @DisplayName("D01 6 MB of zeros close with 1009 where the ratio is over the limit")
  void bombByRatio() {
    long seen = refused(Feed.LIMITS, DeflateLimits.defaults(), WebSocketViolation.RATIO_TOO_HIGH);
    assertTrue(seen <= (1 << 20) + 8192, "let through " + seen);
    assertEquals(1009, WebSocketViolation.RATIO_TOO_HIGH.closeCode());
  }

  @Test
  @DisplayName("D01 6 MB of zeros close with 1009 where the message is over the limit")
  void bombBySize() {
    WebSocketLimits limits = Feed.LIMITS.withMaxMessageBytes(2 << 20);
    DeflateLimits anyRatio = DeflateLimits.defaults().withMaxRatio(2000);
    assertTrue(refused(limits, anyRatio, WebSocketViolation.MESSAGE_TOO_LARGE) <= 2 << 20);
    DeflateLimits small = anyRatio.withMaxMessageBytes(1 << 20);
    assertTrue(refused(limits, small, WebSocketViolation.MESSAGE_TOO_LARGE) <= 1 << 20);
  }

  @Test
  @DisplayName("W09 the limit of a compressed message is for its fragments and for its result")
  void bothLimits() {
    WebSocketLimits limits = Feed.LIMITS.withMaxMessageBytes(1000);
    byte[] exact = zeros(1000);
    byte[] over = zeros(1001);
    CodecEcho echo = CodecEcho.connect("permessage-deflate", limits);
    echo.send(ByteBuffer.wrap(masked(FIN | RSV1 | BINARY, exact)));
    echo.send(ByteBuffer.wrap(masked(FIN | RSV1 | BINARY, over)));
    ByteBuffer answer = ByteBuffer.allocate(2000);
    echo.receive(answer);
    ByteBuffer frames = answer.flip();
    WebSocketReader reader =
        WebSocketReader.client(WebSocketLimits.defaults(), Rsv1.MARKS_COMPRESSION);
    List<FrameEvent> events = new ArrayList<>();
    while (frames.hasRemaining()) {
      events.add(reader.next(frames));
    }
    assertEquals(MessageStart.of(MessageKind.BINARY, PayloadForm.COMPRESSED), events.getFirst());
    assertEquals(new Close(1009, "message over the limit"), events.getLast());
    echo.close();
  }

  @Test
  @DisplayName("W11 text is checked behind decompression, at the first impossible byte")
  void failsFast() {
    CodecEcho echo = CodecEcho.connect("permessage-deflate", Feed.LIMITS);
    MessageDeflater deflater = MessageDeflater.client(ALL, DeflateConfig.defaults(), CODECS);
    ByteBuffer out = ByteBuffer.allocate(200);
    deflater.deflate(ByteBuffer.wrap(Frames.hex("61 e2 28")), Part.LAST, out);
    byte[] payload =
        Frames.join(Arrays.copyOf(out.array(), out.position()), Frames.hex("0000ffff"));
    echo.send(ByteBuffer.wrap(masked(RSV1 | TEXT, payload)));
    ByteBuffer answer = ByteBuffer.allocate(200);
    echo.receive(answer);
    assertEquals((byte) 0x88, answer.get(0));
    assertEquals(1007, answer.getShort(2));
    assertEquals(-1, echo.receive(answer));
    deflater.close();
    echo.close();
  }

  /**
   * Any parameters, either role, any cuts of fragments and reads: what was sent is what arrives.
   */
  @Property(tries = 150)
  void roundTrip(
      @ForAll @IntRange(min = 8, max = 15) int bits,
      @ForAll ContextTakeover context,
      @ForAll boolean clientSends,
      @ForAll long seed) {
    Random random = new Random(seed);
    DeflateParameters agreed = new DeflateParameters(bits, bits, context, context);
    DeflateConfig config = DeflateConfig.defaults();
    WebSocketWriter writer =
        clientSends ? WebSocketWriter.client(random::nextInt) : WebSocketWriter.server();
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    List<String> expected = new ArrayList<>();
    try (MessageDeflater deflater =
            clientSends
                ? MessageDeflater.client(agreed, config, CODECS)
                : MessageDeflater.server(agreed, config, CODECS);
        MessageInflater inflater =
            clientSends
                ? MessageInflater.server(agreed, DeflateLimits.defaults(), CODECS)
                : MessageInflater.client(agreed, DeflateLimits.defaults(), CODECS)) {
      for (int i = 0; i < 6; i++) {
        byte[] message = message(random);
        expected.add("binary " + Feed.hex(ByteBuffer.wrap(message)));
        send(writer, deflater, message, random, wire);
      }
      MessageReader reader =
          clientSends
              ? MessageReader.server(Feed.LIMITS, new Inflation(inflater))
              : MessageReader.client(Feed.LIMITS, new Inflation(inflater));
      assertEquals(expected, read(reader, wire.toByteArray(), random));
    }
  }

  private static byte[] message(Random random) {
    byte[] message = new byte[random.nextInt(random.nextBoolean() ? 200 : 5000)];
    int letters = 1 + random.nextInt(256);
    for (int i = 0; i < message.length; i++) {
      message[i] = (byte) random.nextInt(letters);
    }
    return message;
  }

  private static void send(
      WebSocketWriter writer,
      MessageDeflater deflater,
      byte[] message,
      Random random,
      ByteArrayOutputStream wire) {
    ByteBuffer payload = ByteBuffer.wrap(message);
    ByteBuffer shorter = ByteBuffer.allocate(message.length + MessageDeflater.EXTRA_ROOM);
    PayloadForm form = PayloadForm.PLAIN;
    if (deflater.message(payload, shorter) == MessageForm.COMPRESSED) {
      payload = shorter.flip();
      form = PayloadForm.COMPRESSED;
    }
    ByteBuffer out = ByteBuffer.allocate(2 * message.length + 100);
    int end = payload.limit();
    int cut = random.nextInt(payload.remaining() + 1);
    if (random.nextBoolean()) {
      writer.firstFragment(MessageKind.BINARY, form, payload.limit(cut), out);
      writer.ping(ByteBuffer.allocate(3), out);
      writer.lastFragment(payload.limit(end), out);
    } else {
      writer.message(MessageKind.BINARY, form, payload, out);
    }
    wire.write(out.array(), 0, out.position());
  }

  private static List<String> read(MessageReader reader, byte[] bytes, Random random) {
    List<String> log = new ArrayList<>();
    return Feed.run(
        in -> {
          for (MessageEvent e = reader.next(in); e != NeedInput.INSTANCE; e = reader.next(in)) {
            if (!(e instanceof Ping)) {
              log.add(Feed.line(e));
            }
          }
          return log;
        },
        bytes,
        at -> at + 1 + random.nextInt(random.nextBoolean() ? 3 : 2000),
        ByteBuffer::allocate);
  }

  @Test
  void aFragmentedMessageMayBeCompressedInParts() {
    MessageDeflater deflater = MessageDeflater.server(ALL, DeflateConfig.defaults(), CODECS);
    WebSocketWriter writer = WebSocketWriter.server();
    ByteBuffer wire = ByteBuffer.allocate(4000);
    byte[] part = Frames.utf8("the same again and again, ".repeat(20));
    for (int i = 0; i < 3; i++) {
      ByteBuffer payload = ByteBuffer.allocate(1000);
      var which = i < 2 ? Part.MORE : Part.LAST;
      deflater.deflate(ByteBuffer.wrap(part), which, payload);
      switch (i) {
        case 0 ->
            writer.firstFragment(MessageKind.TEXT, PayloadForm.COMPRESSED, payload.flip(), wire);
        case 1 -> writer.nextFragment(payload.flip(), wire);
        default -> writer.lastFragment(payload.flip(), wire);
      }
    }
    MessageInflater inflater = MessageInflater.client(ALL, DeflateLimits.defaults(), CODECS);
    MessageReader reader = MessageReader.client(Feed.LIMITS, new Inflation(inflater));
    Message message = (Message) reader.next(wire.flip());
    assertEquals(new String(part, UTF_8).repeat(3), message.text());
    deflater.close();
    inflater.close();
  }

  @Test
  @DisplayName("W05 RSV1 on a continuation although compression is agreed on")
  void rsv1OnContinuation() {
    assertEquals(
        List.of("fail COMPRESSED_CONTINUATION"),
        Feed.messages(
            () ->
                MessageReader.server(
                    Feed.LIMITS,
                    new Inflation(MessageInflater.server(ALL, DeflateLimits.defaults(), CODECS))),
            masked(RSV1 | TEXT, ""),
            masked(FIN | RSV1 | CONTINUATION, "")));
  }
}
