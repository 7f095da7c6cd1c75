package io.roadrunner.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.roadrunner.http2.frame.EndStream;
import io.roadrunner.http2.frame.ErrorCode;
import io.roadrunner.http2.frame.HeadersFrame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class S8_RequestsTest {
  private final Client client = Client.connected();
  private int nextId = 1;

  /** A request whose fields are these, and no others; the connection goes on behind it. */
  private void assertRefused(String... fields) {
    HeadersFrame request = client.headers(nextId, EndStream.YES, fields);
    assertEquals(List.of(), client.send(request), Arrays.toString(fields));
    assertEquals(List.of("rst " + nextId + " PROTOCOL_ERROR"), client.output());
    nextId += 2;
  }

  /** A GET request with these fields at its end. */
  private void assertFieldsRefused(String... fields) {
    assertEquals(List.of(), client.send(client.get(nextId, fields)), Arrays.toString(fields));
    assertEquals(List.of("rst " + nextId + " PROTOCOL_ERROR"), client.output());
    nextId += 2;
  }

  private void assertFieldsTaken(String... fields) {
    assertEquals(
        List.of("request " + nextId + " GET / " + Arrays.toString(fields) + " end"),
        client.send(client.get(nextId, fields)));
    nextId += 2;
  }

  @Nested
  class S8_1_Messages {

    @Test
    @DisplayName("S10 a second block that does not end the request")
    void secondHead() {
      client.send(client.post(1));
      assertEquals(
          List.of("reset 1 PROTOCOL_ERROR VIOLATION"),
          client.send(client.headers(1, EndStream.NO, "x", "y")));
      assertEquals(List.of("rst 1 PROTOCOL_ERROR"), client.output());
    }

    @Test
    void trailers() {
      client.send(client.post(1), Client.data(1, "x", EndStream.NO));
      assertEquals(
          List.of("trailers 1 [x, y, a, b]"),
          client.send(client.headers(1, EndStream.YES, "x", "y", "a", "b")));
      client.send(client.post(3));
      assertEquals(List.of("trailers 3 []"), client.send(client.headers(3, EndStream.YES)));
    }

    @Test
    @DisplayName("S10 trailers that cannot be")
    void badTrailers() {
      String[] names = {
        ":path",
        "connection",
        "keep-alive",
        "proxy-connection",
        "transfer-encoding",
        "upgrade",
        "te",
        "content-length",
        "host",
        "trailer",
        "authorization",
        "cookie",
        "Upper",
        ""
      };
      for (String name : names) {
        client.send(client.post(nextId));
        assertEquals(
            List.of("reset " + nextId + " PROTOCOL_ERROR VIOLATION"),
            client.send(client.headers(nextId, EndStream.YES, name, "1")),
            name);
        nextId += 2;
      }
    }

    @Test
    @DisplayName("S10, H25 trailers over the limits")
    void tooManyTrailers() {
      client.send(client.post(1));
      String[] many = new String[402];
      Arrays.fill(many, "x");
      assertEquals(
          List.of("reset 1 ENHANCE_YOUR_CALM VIOLATION"),
          client.send(client.headers(1, EndStream.YES, many)));
    }

    @Test
    @DisplayName(
        "S08, S12 an answer to a request that has not ended, then RST_STREAM with NO_ERROR")
    void earlyAnswer() {
      client.send(client.post(1));
      client.respond(1, "enough");
      client.server.reset(1, ErrorCode.NO_ERROR);
      assertEquals(
          List.of("headers 1 [:status=200]", "data 1 enough end", "rst 1 NO_ERROR"),
          client.output());
      assertEquals(List.of("sent 1"), client.events());
      assertEquals(List.of(), client.send(Client.data(1, "more", EndStream.YES)));
      assertEquals(List.of("request 3 GET / end"), client.send(client.get(3)));
    }

    @Test
    @DisplayName("S12 no RST_STREAM if the request has ended meanwhile")
    void lateAnswer() {
      client.send(client.post(1));
      client.respond(1, "x");
      client.server.reset(1, ErrorCode.NO_ERROR);
      client.send(Client.data(1, "", EndStream.YES));
      assertEquals(List.of("headers 1 [:status=200]", "data 1 x end"), client.output());
      assertEquals(0, client.server.openStreams());
    }

    @Test
    @DisplayName("S12 RST_STREAM with NO_ERROR behind an answer that has left")
    void resetBehindAnswer() {
      client.send(client.post(1));
      client.respond(1, "x");
      client.output();
      client.server.reset(1, ErrorCode.NO_ERROR);
      assertEquals(List.of("rst 1 NO_ERROR"), client.output());
      assertEquals(List.of("sent 1"), client.send(Client.data(1, "more", EndStream.NO)));
      assertEquals(List.of(), client.output());
    }
  }

  @Nested
  class S8_1_1_ContentLength {

    private List<String> upload(String contentLength, String... parts) {
      List<String> events =
          new ArrayList<>(client.send(client.post(nextId, "content-length", contentLength)));
      for (int i = 0; i < parts.length; i++) {
        EndStream end = i == parts.length - 1 ? EndStream.YES : EndStream.NO;
        events.addAll(client.send(Client.data(nextId, parts[i], end)));
      }
      return events.subList(1, events.size());
    }

    @Test
    void fits() {
      assertEquals(List.of("data 1 ab 2", "data 1 c 1", "end 1"), upload("3", "ab", "c"));
      nextId = 3;
      assertEquals(List.of("end 3"), upload("0", ""));
      nextId = 5;
      assertEquals(List.of("data 5 a 1", "end 5"), upload("0001", "a"));
    }

    @Test
    @DisplayName("S09 too much, noticed at once")
    void tooMuch() {
      assertEquals(
          List.of("data 1 ab 2", "reset 1 PROTOCOL_ERROR VIOLATION"), upload("3", "ab", "cd"));
      assertEquals(List.of("rst 1 PROTOCOL_ERROR"), client.output());
    }

    @Test
    @DisplayName("S09 too little: the end is not reported")
    void tooLittle() {
      assertEquals(
          List.of("data 1 ab 2", "reset 1 PROTOCOL_ERROR VIOLATION"), upload("4", "ab", "c"));
      nextId = 3;
      client.send(client.post(3, "content-length", "4"), Client.data(3, "abc", EndStream.NO));
      assertEquals(
          List.of("reset 3 PROTOCOL_ERROR VIOLATION"),
          client.send(client.headers(3, EndStream.YES, "x", "y")));
    }

    @Test
    @DisplayName("S09 a length, and no content")
    void nothing() {
      assertFieldsRefused("content-length", "1");
      assertFieldsTaken("content-length", "0");
    }

    @Test
    @DisplayName("S09 padding is not content")
    void padding() {
      client.send(client.post(1, "content-length", "2"));
      assertEquals(
          List.of("data 1 ab 6", "end 1"),
          client.receive(Client.raw(0, 9, 1, 3, 'a', 'b', 0, 0, 0)));
    }

    @Test
    @DisplayName("S09 what is no number, or there twice")
    void noNumber() {
      for (String value : List.of("", "-1", "+1", "1 ", "0x1", "1,1", "1".repeat(19), "a")) {
        assertFieldsRefused("content-length", value);
      }
      assertFieldsRefused("content-length", "0", "content-length", "0");
      assertEquals(1, client.send(client.post(nextId, "content-length", "9".repeat(18))).size());
    }
  }

  @Nested
  class S8_2_Fields {

    @Test
    @DisplayName("K02 upper-case names")
    void upperCase() {
      assertFieldsRefused("Accept", "x");
      assertFieldsRefused("accepT", "x");
    }

    @Test
    @DisplayName("K03 names: each octet that is no lower-case token")
    void names() {
      String token = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz";
      for (char c = 0; c < 256; c++) {
        if (c == ':' || token.indexOf(c) >= 0) {
          continue;
        }
        client.send(client.get(nextId, "a" + c + "b", "x"));
        assertEquals(
            List.of("rst " + nextId + " PROTOCOL_ERROR"), client.output(), Integer.toString(c));
        nextId += 2;
        if (nextId > 150) {
          break;
        }
      }
      assertFieldsRefused("", "x");
      assertFieldsRefused("a:b", "x");
      assertFieldsTaken(token, "x");
    }

    @Test
    @DisplayName("K03 names and values, octet by octet")
    void octets() {
      for (char c = 0; c < 256; c++) {
        boolean name = "!#$%&'*+-.^_`|~".indexOf(c) >= 0 || (c >= '0' && c <= '9');
        name |= c >= 'a' && c <= 'z';
        assertEquals(name, FieldRules.isName("a" + c), "name " + (int) c);
        assertEquals(name, FieldRules.isName(c + "a"), "name " + (int) c);
        boolean value = c == '\t' || (c >= ' ' && c != 0x7F);
        assertEquals(value, FieldRules.isValue("a" + c + "b"), "value " + (int) c);
        boolean ends = value && c != ' ' && c != '\t';
        assertEquals(ends, FieldRules.isValue("a" + c), "end " + (int) c);
        assertEquals(ends, FieldRules.isValue(c + "a"), "start " + (int) c);
        assertEquals(ends, FieldRules.isValue("" + c), "alone " + (int) c);
      }
      assertFalse(FieldRules.isName("a\u0100"));
      assertFalse(FieldRules.isValue("a\u0141b"));
    }

    @Test
    @DisplayName("K03 values")
    void values() {
      for (String value : List.of("a\rb", "a\nb", "a\0b", " a", "a ", "\ta", "a\t", "\u007f")) {
        assertFieldsRefused("x", value);
      }
      assertFieldsTaken("x", "", "y", "a b\tc", "z", "\u00ff\u0080");
    }

    @Test
    @DisplayName("K02 fields of HTTP/1.1 connections")
    void connectionFields() {
      for (String name :
          List.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade")) {
        assertFieldsRefused(name, "x");
      }
      assertFieldsRefused("te", "gzip");
      assertFieldsRefused("te", "trailers, gzip");
      assertFieldsRefused("te", "");
      assertFieldsTaken("te", "trailers");
      assertFieldsTaken("te", "Trailers");
    }

    @Test
    @DisplayName("K13 cookie crumbs are one field, in the place of the first")
    void cookies() {
      assertEquals(
          List.of("request 1 GET / [a, b, cookie, x=1; y=2; z=3, c, d] end"),
          client.send(
              client.get(
                  1, "a", "b", "cookie", "x=1", "c", "d", "cookie", "y=2", "cookie", "z=3")));
      assertEquals(
          List.of("request 3 GET / [cookie, x=1] end"),
          client.send(client.get(3, "cookie", "x=1")));
    }

    @Test
    @DisplayName("K13, H25 each crumb counts")
    void manyCookies() {
      String[] crumbs = new String[2 * 197];
      Arrays.fill(crumbs, "");
      for (int i = 0; i < crumbs.length; i += 2) {
        crumbs[i] = "cookie";
      }
      String[] fits = Arrays.copyOf(crumbs, 2 * 196);
      assertEquals(
          List.of("request 1 GET / [cookie, " + "; ".repeat(195) + "] end", "too large 3 end"),
          client.send(client.get(1, fits), client.get(3, crumbs)));
      client.server.sendHeaders(3, 431, Fields.none(), EndStream.YES);
      assertEquals(List.of("headers 3 [:status=431] end"), client.output());
    }
  }

  @Nested
  class HeaderLists {

    @Test
    @DisplayName("K06 a bomb: one large entry, and a thousand references to it")
    void bomb() {
      client.send(client.get(1, "x-large", "v".repeat(2900)));
      ByteBuffer references = ByteBuffer.allocate(16_000);
      while (references.hasRemaining()) {
        references.put((byte) 0xBE);
      }
      assertEquals(
          List.of("too large 3 end"),
          client.send(HeadersFrame.of(3, references.flip(), EndStream.YES)));
      // The table is still in step.
      assertEquals(
          List.of("request 5 GET / [x-large, " + "v".repeat(2900) + "] end"),
          client.send(client.get(5, "x-large", "v".repeat(2900))));
    }

    @Test
    @DisplayName("K11 nothing of a block that was refused is in the next request")
    void nothingCarriesOver() {
      assertEquals(
          List.of("too large 1", "too large 3 end", "request 5 GET / end"),
          client.send(
              client.post(1, "cookie", "a=1", "x-large", "e".repeat(20_000)),
              client.get(3, "priority", "u=0", "x-large", "e".repeat(20_000)),
              client.get(5)));
      assertFalse(client.server.isFinished());
      client.send(client.get(7, "cookie", "secret=1", "host", "b.example"));
      client.output();
      assertEquals(List.of("request 9 GET / end"), client.send(client.get(9)));
    }

    @Test
    @DisplayName("K11 content of a request whose head is over the limits")
    void contentBehind() {
      client.send(client.post(1, "content-length", "1", "x", "e".repeat(20_000)));
      assertEquals(
          List.of("data 1 abc 3", "end 1"), client.send(Client.data(1, "abc", EndStream.YES)));
    }

    @Test
    @DisplayName("K11 a fault counts more than the size")
    void brokenAndLarge() {
      assertEquals(List.of(), client.send(client.get(1, "Upper", "case", "x", "e".repeat(20_000))));
      assertEquals(List.of("rst 1 PROTOCOL_ERROR"), client.output());
    }
  }

  @Test
  @DisplayName("K01 pseudo-header fields")
  void pseudoFields() {
    String[] all = {":method", "GET", ":scheme", "https", ":path", "/", ":authority", "a"};
    assertEquals(1, client.send(client.headers(1, EndStream.YES, all)).size());
    nextId = 3;
    for (int i = 0; i < all.length; i += 2) {
      List<String> fields = new ArrayList<>(List.of(all));
      fields.subList(i, i + 2).clear();
      assertRefused(fields.toArray(String[]::new)); // missing
      fields = new ArrayList<>(List.of(all));
      fields.addAll(fields.subList(i, i + 2));
      assertRefused(fields.toArray(String[]::new)); // twice
      fields = new ArrayList<>(List.of(all));
      fields.addAll(i, List.of("x", "y"));
      assertRefused(fields.toArray(String[]::new)); // behind a field
      fields = new ArrayList<>(List.of(all));
      fields.set(i + 1, "");
      assertRefused(fields.toArray(String[]::new)); // empty
    }
    assertRefused();
    assertRefused(":method", "GET", ":scheme", "https", "host", "a", ":path", "/");
    assertRefused(":method", "GET", ":scheme", "https", ":path", "/", ":authority", "a", ":x", "");
    assertRefused(":method", "GET", ":scheme", "https", ":path", "/", ":authority", "a", ":", "");
    assertRefused(":status", "200", ":method", "GET", ":scheme", "https", ":path", "/");
  }
}
