package io.roadrunner.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a peer can make the parser spend: looks at bytes, and memory. */
class CostTest {
  private static final String CHUNKED =
      "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";

  /**
   * Drips the bytes, and after each one wipes out those that have been scanned. A second look would
   * find NUL, which is refused everywhere.
   */
  private static void neverLooksBack(Element element, String text) {
    byte[] bytes = Feed.bytes(text);
    byte[] seen = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      seen[i] = bytes[i];
      assertEquals(Element.INCOMPLETE, element.scan(seen, 0, i + 1), text);
      Arrays.fill(seen, 0, i + 1, (byte) 0);
    }
  }

  @Test
  @DisplayName("P28 a dripped request line is looked at once")
  void drippedRequestLine() {
    Http1Limits limits = Http1Limits.defaults();
    neverLooksBack(new RequestLine(limits), "METHOD");
    RequestLine line = new RequestLine(limits);
    byte[] start = Feed.bytes("GET /");
    assertEquals(Element.INCOMPLETE, line.scan(start, 0, start.length));
    byte[] all = Arrays.copyOf(new byte[start.length], 8000);
    for (int length = start.length + 1; length <= all.length; length++) {
      all[length - 1] = 'a';
      assertEquals(Element.INCOMPLETE, line.scan(all, 0, length));
      all[length - 1] = 0;
    }
  }

  @Test
  @DisplayName("P28 a dripped status line is looked at once")
  void drippedStatusLine() {
    neverLooksBack(
        new StatusLine(Http1Limits.defaults()), "HTTP/1.1 200 " + "a".repeat(8000) + "\r");
  }

  @Test
  @DisplayName("P28 a dripped field block is looked at once")
  void drippedFields() {
    String line = "Name:  \t" + "value ".repeat(30) + "\r\n";
    String block = line.repeat(60) + "Transfer-Encoding: " + "a".repeat(3000) + "\r\n\r";
    neverLooksBack(new FieldBlock(Http1Limits.defaults()), block);
    neverLooksBack(new FieldBlock(Http1Limits.defaults()), "n".repeat(8000));
  }

  @Test
  @DisplayName("P28 a dripped chunk line is looked at once")
  void drippedChunkLine() {
    neverLooksBack(
        new ChunkLine(Http1Limits.defaults()), "00005;a=\"" + "b;\\\"".repeat(1900) + "\";c\r");
  }

  @Test
  @DisplayName("P28 bytes of a direct buffer are copied once")
  void drippedDirectBuffer() {
    byte[] head = Feed.bytes("GET /" + "a".repeat(3000) + " HTTP/1.1\r\nHost: h\r\n\r\n");
    ByteBuffer in = ByteBuffer.allocateDirect(head.length);
    Http1Parser parser = Http1Parser.forRequests(Http1Limits.defaults());
    for (int i = 0; i < head.length - 1; i++) {
      assertSame(NeedInput.INSTANCE, parser.next(in.limit(i + 1).put(i, head[i])));
      in.put(i, (byte) 0);
    }
    RequestHead complete = (RequestHead) parser.next(in.clear().put(head.length - 1, (byte) '\n'));
    assertEquals(new String(head, ISO_8859_1).split(" ", -1)[1], complete.rawTarget());
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  /**
   * Offers the text again and again, without end, in a buffer of 64 KB. Returns bytes allocated.
   */
  private static long flood(String start, String text, int times) {
    Http1Parser parser = Http1Parser.forRequests(Http1Limits.defaults());
    ByteBuffer in = ByteBuffer.allocateDirect(65_536);
    byte[] piece = Feed.bytes(text);
    in.put(Feed.bytes(start));
    long before = allocated();
    try {
      for (int i = 0; i < times && in.remaining() >= piece.length; i++) {
        in.put(piece).flip();
        while (parser.next(in) != NeedInput.INSTANCE) {}
        in.compact();
      }
    } catch (Http1Exception e) {
      assertTrue(e.violation().status() >= 400);
    }
    return allocated() - before;
  }

  @Test
  @DisplayName("P21 P22 F10 F13 no flood makes the parser take much memory")
  void boundedMemory() {
    String[][] floods = {
      {"", "G"},
      {"GET /", "a"},
      {"GET / HTTP/1.1\r\n", "n"},
      {"GET / HTTP/1.1\r\nHost: h\r\nA: ", "v"},
      {"GET / HTTP/1.1\r\n", "a:b\r\n"},
      {"", "\r\n"},
      {CHUNKED + "1;", "a"},
      {CHUNKED + "0\r\n", "a:b\r\n"},
      {CHUNKED + "0\r\nA: ", "v"},
      {CHUNKED, "0"},
    };
    for (int round = 0; round < 2; round++) {
      for (String[] flood : floods) {
        long bytes = flood(flood[0], flood[1], 100_000);
        assertTrue(round == 0 || bytes < 100_000, flood[1] + ": " + bytes);
      }
    }
  }

  @Test
  @DisplayName("F10 a long body costs the views of its pieces and nothing else")
  void longBody() {
    String chunk = "1000\r\n" + "a".repeat(4096) + "\r\n";
    flood(CHUNKED, chunk, 1000);
    long bytes = flood(CHUNKED, chunk, 1000);
    assertTrue(bytes < 1000 * 200, "bytes allocated: " + bytes);
  }
}
