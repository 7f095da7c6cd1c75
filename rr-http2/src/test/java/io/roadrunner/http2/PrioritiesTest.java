package io.roadrunner.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.roadrunner.http2.frame.PriorityUpdateFrame;
import io.roadrunner.http2.frame.RstStreamFrame;
import io.roadrunner.http2.frame.SettingsFrame;
import io.roadrunner.http2.frame.WindowUpdateFrame;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9218. */
class PrioritiesTest {

  @Nested
  class S4_Parameters {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "''               | 3 | false",
          "u=0              | 0 | false",
          "u=7              | 7 | false",
          "u=8              | 3 | false",
          "u=-1             | 3 | false",
          "u=10             | 3 | false",
          "u                | 3 | false",
          "u=x              | 3 | false",
          "ux1              | 3 | false",
          "u=/              | 3 | false",
          "i                | 3 | true",
          "i=?1             | 3 | true",
          "i=?0             | 3 | false",
          "i, i=?0          | 3 | false",
          "i, i=?x          | 3 | true",
          "i, i=x           | 3 | true",
          "i=?2             | 3 | false",
          "i=11             | 3 | false",
          "ix?1             | 3 | false",
          "i=1              | 3 | false",
          "u=1, i           | 1 | true",
          "u=1,i            | 1 | true",
          "i,u=1            | 1 | true",
          "u=5, u=2         | 2 | false",
          "u=1;x=y, i;a     | 1 | true",
          "'  u=1\t,\ti  '  | 1 | true",
          "a=b, u=2, c      | 2 | false",
          "',,,'            | 3 | false",
          "U=1, I           | 3 | false",
          "u=3              | 3 | false",
          "';'              | 3 | false"
        })
    void values(String value, int urgency, boolean incremental) {
      assertEquals(new Priority(urgency, incremental), Priority.parse(value));
    }
  }

  @Nested
  class S10_Scheduling {
    private static final int BYTES = 40_000;

    private final Client client =
        new Client(Http2Limits.defaults(), ExtendedConnect.DISABLED).connect();

    private void request(int id, String priority) {
      client.send(client.get(id, "priority", priority));
      client.respond(id, "x".repeat(BYTES));
    }

    /** The streams of DATA frames in the order in which they are sent. */
    private List<Integer> order() {
      client.send(SettingsFrame.of(4, 1 << 20), new WindowUpdateFrame(0, 1 << 30));
      List<Integer> order = new ArrayList<>();
      for (String line : client.output()) {
        if (line.startsWith("data")) {
          order.add(Integer.valueOf(line.split(" ", 3)[1]));
        }
      }
      return order;
    }

    @Test
    void urgentOnesFirst() {
      request(1, "u=5");
      request(3, "u=1");
      request(5, "u=3");
      assertEquals(List.of(3, 3, 3, 5, 5, 5, 1, 1, 1), order());
    }

    @Test
    void oneAfterTheOther() {
      request(1, "");
      request(3, "");
      assertEquals(List.of(1, 1, 1, 3, 3, 3), order());
    }

    @Test
    void incrementalOnesTakeTurns() {
      request(1, "i");
      request(3, "i");
      request(5, "i");
      assertEquals(List.of(1, 3, 5, 1, 3, 5, 1, 3, 5), order());
    }

    @Test
    void turnsAreFairAmongMany() {
      for (int id = 1; id < 60; id += 2) {
        request(id, "u=2, i");
      }
      List<Integer> order = order();
      for (int round = 0; round < 3; round++) {
        assertEquals(
            30,
            List.copyOf(order.subList(30 * round, 30 * round + 30)).stream().distinct().count());
      }
    }

    @Test
    void updates() {
      request(1, "u=2");
      request(3, "u=2");
      client.send(new PriorityUpdateFrame(3, Client.ascii("u=0")));
      client.send(new PriorityUpdateFrame(9, Client.ascii("u=0")));
      assertEquals(List.of(3, 3, 3, 1, 1, 1), order());
    }

    @Test
    void updateOfAStreamThatHasNothingToSendYet() {
      client.send(client.get(1), client.get(3));
      client.send(new PriorityUpdateFrame(3, Client.ascii("u=1")));
      client.respond(1, "x".repeat(BYTES));
      client.respond(3, "x".repeat(BYTES));
      assertEquals(List.of(3, 3, 3, 1, 1, 1), order());
    }

    @Test
    void oneThatWaitsForItsWindowDoesNotHoldUpOthers() {
      Client peer = new Client(Http2Limits.defaults(), ExtendedConnect.DISABLED).connect(4, 10_000);
      peer.send(peer.get(1, "priority", "u=0"), peer.get(3, "priority", "u=7"));
      peer.respond(1, "x".repeat(20_000));
      peer.respond(3, "y".repeat(5000));
      assertEquals(
          List.of(10_000, 5000),
          peer.output().stream()
              .filter(line -> line.startsWith("data"))
              .map(line -> line.split(" ", -1)[2].length())
              .toList());
    }

    @Test
    void streamsThatAreResetLeaveTheQueue() {
      for (int id = 1; id <= 7; id += 2) {
        request(id, "i");
      }
      client.send(new RstStreamFrame(3, 8));
      client.send(new RstStreamFrame(7, 8));
      client.send(new RstStreamFrame(1, 8));
      assertEquals(List.of(5, 5, 5), order());
    }

    @Test
    @DisplayName("H22 PRIORITY_UPDATE for a stream that only a server could open")
    void pushedStream() {
      assertEquals(
          List.of("failed PROTOCOL_ERROR BAD_PRIORITY_UPDATE"),
          client.send(new PriorityUpdateFrame(2, Client.ascii("u=0"))));
    }
  }
}
