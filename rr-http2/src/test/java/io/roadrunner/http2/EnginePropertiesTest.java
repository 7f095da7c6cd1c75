package io.roadrunner.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.http2.frame.Ack;
import io.roadrunner.http2.frame.DataFrame;
import io.roadrunner.http2.frame.EndStream;
import io.roadrunner.http2.frame.Frame;
import io.roadrunner.http2.frame.PingFrame;
import io.roadrunner.http2.frame.RstStreamFrame;
import io.roadrunner.http2.frame.SettingsFrame;
import io.roadrunner.http2.frame.WindowUpdateFrame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class EnginePropertiesTest {

  /** What a client may send, right for the most part. */
  private static Frame frame(Client client, Random random) {
    int id = 1 + 2 * random.nextInt(8);
    return switch (random.nextInt(12)) {
      case 0, 1 -> client.get(id, "x", "value" + random.nextInt(5));
      case 2, 3 -> client.post(id);
      case 4, 5 -> Client.data(id, "x".repeat(random.nextInt(50)), end(random));
      case 6 -> client.headers(id, end(random), "trailer-field", "x");
      case 7 -> new RstStreamFrame(id, 8);
      case 8 -> new WindowUpdateFrame(random.nextBoolean() ? 0 : id, 1 + random.nextInt(1000));
      case 9 -> SettingsFrame.of(4, random.nextInt(1000));
      case 10 -> new PingFrame(Ack.NO, random.nextInt());
      default -> client.get(id, "Upper", "case");
    };
  }

  private static EndStream end(Random random) {
    return random.nextBoolean() ? EndStream.YES : EndStream.NO;
  }

  /** Pieces of what is to be sent, and what came of it. */
  private static List<String> run(List<ByteBuffer> pieces) {
    Client client = Client.silent();
    List<String> log = new ArrayList<>();
    for (ByteBuffer piece : pieces) {
      for (String event : client.receive(piece.duplicate())) {
        add(log, event);
      }
    }
    log.addAll(client.output());
    return log;
  }

  /** Content in parts counts as one. */
  private static void add(List<String> log, String event) {
    String[] words = event.split(" ", -1);
    String[] last = log.isEmpty() ? new String[0] : log.getLast().split(" ", -1);
    if (words[0].equals("data")
        && last.length == 4
        && last[0].equals("data")
        && last[1].equals(words[1])) {
      int bytes = Integer.parseInt(last[3]) + Integer.parseInt(words[3]);
      log.set(log.size() - 1, "data " + words[1] + " " + last[2] + words[2] + " " + bytes);
    } else {
      log.add(event);
    }
  }

  @Property(tries = 300)
  void anyCutsGiveTheSame(@ForAll long seed) {
    Random random = new Random(seed);
    Client client = Client.silent();
    ByteBuffer octets = ByteBuffer.allocate(1 << 14).put(Client.PREFACE);
    octets.put(Client.bytes(SettingsFrame.of(), SettingsFrame.acknowledgement()));
    int frames = random.nextInt(20);
    for (int i = 0; i < frames; i++) {
      octets.put(Client.bytes(frame(client, random)));
    }
    octets.flip();
    List<String> whole = run(List.of(octets));
    List<ByteBuffer> single = new ArrayList<>();
    List<ByteBuffer> pieces = new ArrayList<>();
    for (int i = 0; i < octets.limit(); i++) {
      single.add(octets.slice(i, 1));
    }
    for (int from = 0; from < octets.limit(); ) {
      int length = Math.min(1 + random.nextInt(60), octets.limit() - from);
      pieces.add(octets.slice(from, length));
      from += length;
    }
    assertEquals(whole, run(single));
    assertEquals(whole, run(pieces));
  }

  /** Whatever comes is answered by events and frames; a failure ends with GOAWAY. */
  @Property(tries = 1000)
  void anyFramesEndInEvents(@ForAll long seed) {
    Random random = new Random(seed);
    Client client = Client.connected();
    boolean failed = false;
    for (int i = 0; i < 30 && !failed; i++) {
      byte[] payload = new byte[random.nextInt(12)];
      random.nextBytes(payload);
      int[] octets = new int[payload.length];
      for (int k = 0; k < octets.length; k++) {
        octets[k] = payload[k];
      }
      int type = random.nextInt(11);
      ByteBuffer wild = Client.raw(type, random.nextInt(64), random.nextInt(6), octets);
      ByteBuffer in = random.nextInt(3) > 0 ? Client.bytes(frame(client, random)) : wild;
      failed = client.receive(in).stream().anyMatch(event -> event.startsWith("failed"));
      assertTrue(client.server.openStreams() <= 100);
      if (failed) {
        assertTrue(client.output().getLast().startsWith("goaway"));
        assertTrue(client.server.isFinished());
        assertEquals(List.of(), client.receive(Client.bytes(client.get(99))));
        assertEquals(List.of(), client.output());
      } else {
        client.output();
      }
    }
  }

  @Property(tries = 500)
  void anyOctetsEndInEvents(@ForAll byte[] octets) {
    Client client = Client.connected();
    List<String> events = client.receive(ByteBuffer.wrap(octets));
    assertTrue(events.size() <= 1 + octets.length);
    client.output();
  }

  /** The windows as the client counts them, and what it has been sent. */
  private static final class Ledger {
    final Client client = Client.connected();
    final Random random;
    long connection = 65_535;
    long initial = 65_535;
    final List<Stream> streams = new ArrayList<>();

    Ledger(long seed) {
      random = new Random(seed);
    }

    private static final class Stream {
      final int id;
      final String content;
      final StringBuilder received = new StringBuilder();
      long window;
      int offered;
      boolean ended;

      Stream(int id, String content, long window) {
        this.id = id;
        this.content = content;
        this.window = window;
      }
    }

    void step() {
      switch (random.nextInt(8)) {
        case 0, 1 -> open();
        case 2 -> settings(random.nextInt(3) == 0 ? 0 : random.nextInt(40_000));
        case 3 -> connectionUpdate(1 + random.nextInt(30_000));
        case 4, 5 -> streamUpdate(1 + random.nextInt(5000));
        default -> offer();
      }
      if (random.nextInt(3) > 0) {
        client.out = ByteBuffer.allocate(300 + random.nextInt(5000));
        client.server.write(client.out);
        read();
      }
    }

    private void open() {
      if (client.server.openStreams() < 20) {
        int id = 1 + 2 * streams.size();
        String content = Character.toString('a' + streams.size() % 26);
        client.send(client.get(id, "priority", "u=" + random.nextInt(8) + ", i"));
        client.server.sendHeaders(id, 200, Fields.none(), EndStream.NO);
        streams.add(new Stream(id, content.repeat(random.nextInt(20_000)), initial));
      }
    }

    private void offer() {
      for (Stream stream : streams) {
        if (stream.offered < stream.content.length() && random.nextBoolean()) {
          int to = Math.min(stream.content.length(), stream.offered + random.nextInt(9000));
          EndStream end = to == stream.content.length() ? EndStream.YES : EndStream.NO;
          String part = stream.content.substring(stream.offered, to);
          assertEquals(part.length(), client.server.sendData(stream.id, Client.ascii(part), end));
          stream.offered = to;
        }
      }
    }

    private void settings(int value) {
      client.send(SettingsFrame.of(4, value));
      streams.forEach(stream -> stream.window += value - initial);
      initial = value;
    }

    private void connectionUpdate(int increment) {
      client.send(new WindowUpdateFrame(0, increment));
      connection += increment;
    }

    private void streamUpdate(int increment) {
      for (Stream stream : streams) {
        if (!stream.ended && random.nextBoolean()) {
          client.send(new WindowUpdateFrame(stream.id, increment));
          stream.window += increment;
        }
      }
    }

    private void read() {
      ByteBuffer in = client.out.flip();
      while (client.reader.next(in) instanceof Frame frame) {
        if (frame instanceof DataFrame data) {
          Stream stream = streams.get((data.streamId() - 1) / 2);
          connection -= data.flowControlledBytes();
          stream.window -= data.flowControlledBytes();
          assertTrue(data.frameBytes() <= 16_384 && connection >= 0);
          assertTrue(data.flowControlledBytes() == 0 || stream.window >= 0);
          stream.received.append(Client.text(data.data()));
          stream.ended |= data.endStream() == EndStream.YES;
        }
      }
      client.events();
    }

    /** Opens all windows and takes the rest. */
    void finish() {
      connectionUpdate(1 << 29);
      for (Stream stream : streams) {
        if (stream.offered < stream.content.length()) {
          String part = stream.content.substring(stream.offered);
          client.server.sendData(stream.id, Client.ascii(part), EndStream.YES);
        } else if (stream.content.isEmpty()) {
          client.server.sendData(stream.id, Client.ascii(""), EndStream.YES);
        }
        if (!stream.ended) {
          client.send(new WindowUpdateFrame(stream.id, 1 << 29));
          stream.window += 1 << 29;
        }
      }
      while (client.server.wantsWrite()) {
        client.server.write(client.out.clear());
        read();
      }
      for (Stream stream : streams) {
        assertEquals(stream.content, stream.received.toString());
        assertTrue(stream.ended, "stream " + stream.id);
      }
      assertEquals(0, client.server.openStreams());
    }
  }

  /** No window is ever exceeded, no content is lost or out of order, every stream ends. */
  @Property(tries = 150)
  void windowsAreKeptAndContentArrives(@ForAll long seed) {
    Ledger ledger = new Ledger(seed);
    for (int i = 0; i < 100; i++) {
      ledger.step();
    }
    ledger.finish();
  }
}
