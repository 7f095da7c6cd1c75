package io.roadrunner.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class Http1EncoderTest {
  private static final FieldLines TWO_FIELDS =
      FieldLines.builder().add("A", "b").add("C-d", " \t e f\t").build();

  private static String written(ByteBuffer out) {
    return ISO_8859_1.decode(out.duplicate().flip()).toString();
  }

  /** Writes the same in each kind of buffer; with one byte of room less, writes nothing. */
  private static void writes(String expected, int size, Consumer<ByteBuffer> write) {
    assertEquals(expected.length(), size);
    ByteBuffer shifted = ByteBuffer.allocate(size + 8).position(3).slice();
    for (ByteBuffer out :
        List.of(ByteBuffer.allocate(size), ByteBuffer.allocateDirect(size), shifted)) {
      write.accept(out);
      assertEquals(expected, written(out));
      if (size > 0) {
        out.clear().limit(size - 1);
        assertThrows(BufferOverflowException.class, () -> write.accept(out));
        assertEquals(0, out.position());
      }
    }
  }

  private static void refuses(Consumer<ByteBuffer> write) {
    ByteBuffer out = ByteBuffer.allocate(200);
    assertThrows(IllegalArgumentException.class, () -> write.accept(out));
    assertEquals(0, out.position());
    assertEquals(ByteBuffer.allocate(200), out.clear());
  }

  @Nested
  class StartLines {
    @Test
    void requestLine() {
      writes(
          "GET /a?b%20[c] HTTP/1.1\r\n",
          Http1Encoder.requestLineSize("GET", "/a?b%20[c]"),
          out -> Http1Encoder.requestLine("GET", "/a?b%20[c]", out));
    }

    @Test
    @DisplayName("R01 request line that would not stay one line")
    void badRequestLine() {
      for (String method : List.of("", "GE T", "GET\r", "G\u0130T", "G(")) {
        refuses(out -> Http1Encoder.requestLine(method, "/", out));
      }
      for (String target : List.of("", "/ ", "/\r\n", "/\0", "/#", "/\u0100", "/\240", "/\\")) {
        refuses(out -> Http1Encoder.requestLine("GET", target, out));
      }
    }

    @Test
    void standardReasons() {
      writes(
          "HTTP/1.1 200 OK\r\n",
          Http1Encoder.statusLineSize(200),
          out -> Http1Encoder.statusLine(200, out));
      writes(
          "HTTP/1.1 299 \r\n",
          Http1Encoder.statusLineSize(299),
          out -> Http1Encoder.statusLine(299, out));
      assertEquals("Request Header Fields Too Large", Http1Encoder.reasonPhrase(431));
      assertEquals("", Http1Encoder.reasonPhrase(599));
    }

    @Test
    void everyStandardStatusLineIsParsed() {
      for (int status = 102; status <= 599; status++) {
        ByteBuffer out = ByteBuffer.allocate(100);
        Http1Encoder.statusLine(status, out);
        Http1Encoder.endOfHead(out);
        Http1Parser parser = Http1Parser.forResponses(Http1Limits.defaults());
        ResponseHead head = (ResponseHead) parser.next(out.flip());
        assertEquals(status, head.status());
        assertEquals(Http1Encoder.reasonPhrase(status), head.reason());
      }
    }

    @Test
    void ownReasons() {
      writes(
          "HTTP/1.1 200 so\tl\u00E0 \r\n",
          Http1Encoder.statusLineSize(200, "so\tl\u00E0 "),
          out -> Http1Encoder.statusLine(200, "so\tl\u00E0 ", out));
      writes(
          "HTTP/1.1 599 \r\n",
          Http1Encoder.statusLineSize(599, ""),
          out -> Http1Encoder.statusLine(599, "", out));
    }

    @Test
    @DisplayName("R01 CR, LF or NUL in a reason; status code out of range")
    void badStatusLine() {
      for (String reason : List.of("a\rb", "a\nb", "\0", "\u0100", "\177", "a\u560Ab")) {
        refuses(out -> Http1Encoder.statusLine(200, reason, out));
      }
      for (int status : new int[] {-1, 0, 99, 600, 1000}) {
        refuses(out -> Http1Encoder.statusLine(status, out));
        refuses(out -> Http1Encoder.statusLine(status, "", out));
      }
    }
  }

  @Nested
  class Fields {
    @Test
    void text() {
      writes(
          "Name: a\u00E4\tb\r\n",
          Http1Encoder.fieldLineSize("Name", "a\u00E4\tb"),
          out -> Http1Encoder.fieldLine("Name", "a\u00E4\tb", out));
      writes(
          "N: \r\n",
          Http1Encoder.fieldLineSize("N", ""),
          out -> Http1Encoder.fieldLine("N", "", out));
    }

    @Test
    void numbers() {
      for (long value : new long[] {0, 9, 10, 12_345, 999_999_999_999L, Long.MAX_VALUE}) {
        writes(
            "Content-Length: " + value + "\r\n",
            Http1Encoder.fieldLineSize("Content-Length", value),
            out -> Http1Encoder.fieldLine("Content-Length", value, out));
      }
      refuses(out -> Http1Encoder.fieldLine("Content-Length", -1, out));
      refuses(out -> Http1Encoder.fieldLine("", 1, out));
    }

    @Test
    @DisplayName("R01 CR, LF, NUL or other controls in names and values")
    void refused() {
      for (String bad :
          List.of("a\rb", "a\nb", "a\0b", "\177", "\1", "a\u0100", "\u010A", "\uD83D\uDE00")) {
        refuses(out -> Http1Encoder.fieldLine("A", bad, out));
        refuses(out -> Http1Encoder.fieldLine(bad, "a", out));
        refuses(out -> Http1Encoder.fieldLine(bad, 1, out));
        assertThrows(IllegalArgumentException.class, () -> FieldLines.of("A", bad));
        assertThrows(IllegalArgumentException.class, () -> FieldLines.of(bad, "a"));
      }
      for (String bad : List.of("", "a b", "a:", ":", "a\t", "\240")) {
        refuses(out -> Http1Encoder.fieldLine(bad, "a", out));
        assertThrows(IllegalArgumentException.class, () -> FieldLines.of(bad, "a"));
      }
    }

    @Test
    void lines() {
      writes(
          "A: b\r\nC-d: e f\r\n",
          Http1Encoder.fieldLinesSize(TWO_FIELDS),
          out -> Http1Encoder.fieldLines(TWO_FIELDS, out));
      writes(
          "",
          Http1Encoder.fieldLinesSize(FieldLines.empty()),
          out -> Http1Encoder.fieldLines(FieldLines.empty(), out));
      writes("\r\n", Http1Encoder.END_OF_HEAD_SIZE, Http1Encoder::endOfHead);
    }
  }

  @Nested
  class S7_1_Chunks {
    @Test
    void chunk() {
      writes(
          "1a\r\n" + "x".repeat(26) + "\r\n",
          Http1Encoder.chunkSize(26),
          out -> Http1Encoder.chunk(ByteBuffer.wrap(Feed.bytes("x".repeat(26))), out));
    }

    @Test
    void emptyChunkWouldEndTheBody() {
      writes("", Http1Encoder.chunkSize(0), out -> Http1Encoder.chunk(ByteBuffer.allocate(0), out));
    }

    @Test
    void dataIsConsumed() {
      ByteBuffer data = ByteBuffer.wrap(Feed.bytes("abc"));
      assertThrows(
          BufferOverflowException.class, () -> Http1Encoder.chunk(data, ByteBuffer.allocate(7)));
      assertEquals(3, data.remaining());
      Http1Encoder.chunk(data, ByteBuffer.allocate(8));
      assertEquals(0, data.remaining());
    }

    @Test
    void headAndEnd() {
      for (long size : new long[] {1, 9, 10, 15, 16, 0xABCDEF, Long.MAX_VALUE}) {
        writes(
            Long.toHexString(size) + "\r\n",
            Http1Encoder.chunkHeadSize(size),
            out -> Http1Encoder.chunkHead(size, out));
      }
      refuses(out -> Http1Encoder.chunkHead(0, out));
      refuses(out -> Http1Encoder.chunkHead(-1, out));
      writes("\r\n", Http1Encoder.CHUNK_END_SIZE, Http1Encoder::chunkEnd);
    }

    @Test
    void lastChunk() {
      writes(
          "0\r\n\r\n",
          Http1Encoder.lastChunkSize(FieldLines.empty()),
          out -> Http1Encoder.lastChunk(FieldLines.empty(), out));
      writes(
          "0\r\nA: b\r\nC-d: e f\r\n\r\n",
          Http1Encoder.lastChunkSize(TWO_FIELDS),
          out -> Http1Encoder.lastChunk(TWO_FIELDS, out));
    }
  }

  @Nested
  class Rfc9110S15_2_Interim {
    @Test
    void interim() {
      writes(
          "HTTP/1.1 100 Continue\r\n\r\n",
          Http1Encoder.interimSize(100, FieldLines.empty()),
          out -> Http1Encoder.interim(100, FieldLines.empty(), out));
      writes(
          "HTTP/1.1 103 Early Hints\r\nA: b\r\nC-d: e f\r\n\r\n",
          Http1Encoder.interimSize(103, TWO_FIELDS),
          out -> Http1Encoder.interim(103, TWO_FIELDS, out));
      refuses(out -> Http1Encoder.interim(200, FieldLines.empty(), out));
      refuses(out -> Http1Encoder.interim(99, FieldLines.empty(), out));
    }
  }
}
