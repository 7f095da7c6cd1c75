package io.roadrunner.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A suite that cannot fail proves nothing: here are servers of which it must not approve. */
class SuiteTest {

  @Test
  void eachCaseHasANameOfItsOwn() {
    Set<String> names = new HashSet<>();
    for (Effort effort : Effort.values()) {
      for (ConformanceCase one : WebSocketConformance.cases(effort)) {
        assertEquals(effort, one.effort());
        assertEquals(true, names.add(one.toString()), one.toString());
        assertFalse(one.section().isEmpty());
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> aServerThatSaysNothingFailsEachCase() {
    return lightCases(offers -> new Canned("", new byte[0]));
  }

  @TestFactory
  Stream<DynamicTest> aServerThatClosesAtOnceFailsEachCase() {
    byte[] close = {(byte) 0x88, 2, 3, (byte) 0xF3};
    return lightCases(offers -> new Canned("x", close));
  }

  private static Stream<DynamicTest> lightCases(EchoServer server) {
    return WebSocketConformance.cases(Effort.LIGHT).stream()
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.toString(),
                    () -> assertThrows(AssertionError.class, () -> one.run(server))));
  }

  private static void refuses(String sent) {
    EchoServer server = offers -> new Canned("", Frames.hex(sent));
    ConformanceCase.Script script =
        it -> {
          try (Client client = Client.plain(it)) {
            client.send(client.ping(Frames.utf8("p")));
            client.expectText("a");
          }
        };
    assertThrows(AssertionError.class, () -> script.run(server), sent);
  }

  @Test
  void framesOfTheServerAreReadStrictly() {
    for (String sent :
        List.of(
            "81 81 00 00 00 00 61",
            "c1 01 61",
            "a1 01 61",
            "80 01 61",
            "83 01 61",
            "01 01 61 81 01 61",
            "81 7e 00 01 61",
            "81 7f 00 00 00 00 00 00 00 01 61",
            "81 02 61",
            "09 00 81 01 61",
            "8a 01 71 81 01 61",
            "88 01 61",
            "81 01 62",
            "82 01 61")) {
      refuses(sent);
    }
  }

  @Test
  void whatIsRightPasses() throws Exception {
    EchoServer server =
        offers -> new Canned("", Frames.hex("8a 01 70 89 00 01 00 80 01 61 88 02 03 e8"));
    try (Client client = Client.plain(server)) {
      client.send(client.ping(Frames.utf8("p")));
      client.expectText("a");
      client.expectPong(Frames.utf8("p"));
      client.expectClose(1000);
    }
  }

  @Test
  void answersOfTheNegotiationAreJudged() {
    Terms offer = Terms.of(Terms.Context.FRESH, 10);
    for (String answer :
        List.of(
            "",
            "x",
            "permessage-deflate",
            "permessage-deflate; server_no_context_takeover",
            "permessage-deflate; server_max_window_bits=10",
            "permessage-deflate; server_no_context_takeover; server_max_window_bits=11",
            "permessage-deflate; server_no_context_takeover; server_max_window_bits=7",
            "permessage-deflate; server_no_context_takeover; server_max_window_bits=10; x")) {
      assertThrows(AssertionError.class, () -> Terms.ofAnswer(answer).answers(offer), answer);
    }
    Terms.ofAnswer("permessage-deflate; server_no_context_takeover; server_max_window_bits=9")
        .answers(offer);
  }

  @Test
  void referencesBeyondTheWindowAreSeen() {
    byte[] message = Frames.utf8("0123456789".repeat(40));
    byte[] payload = Deflation.of(Terms.NONE, Terms.NONE.toString()).compress(message);
    assertEquals(
        ByteBuffer.wrap(message), ByteBuffer.wrap(new WindowDecoder(32768).message(payload)));
    assertThrows(AssertionError.class, () -> new WindowDecoder(9).message(payload));
  }

  /** Sends what it has, then ends, whatever it gets. */
  private static final class Canned implements EchoConnection {
    private final String extensions;
    private final ByteBuffer bytes;

    Canned(String extensions, byte[] bytes) {
      this.extensions = extensions;
      this.bytes = ByteBuffer.wrap(bytes);
    }

    @Override
    public String extensions() {
      return extensions;
    }

    @Override
    public void send(ByteBuffer sent) {}

    @Override
    public int receive(ByteBuffer into) {
      if (!bytes.hasRemaining()) {
        return -1;
      }
      int count = Math.min(bytes.remaining(), into.remaining());
      for (int i = 0; i < count; i++) {
        into.put(bytes.get());
      }
      return count;
    }

    @Override
    public void close() {}
  }
}
