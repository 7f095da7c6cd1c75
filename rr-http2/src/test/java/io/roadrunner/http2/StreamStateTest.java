package io.roadrunner.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.roadrunner.http2.StreamState.Input;
import io.roadrunner.http2.frame.Http2Violation;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Every state with every input, as a table of its own. */
class StreamStateTest {
  /**
   * Columns: HEADERS, HEADERS with END_STREAM, DATA, END_STREAM, RST_STREAM, WINDOW_UPDATE as
   * received; END_STREAM, RST_STREAM, RST_STREAM with NO_ERROR as sent. A name is the next state,
   * "-" is ignored, a small letter is a stream error, a capital one a connection error: of i an
   * idle stream, h a half-closed one, c a closed one, t trailers without END_STREAM, n a number out
   * of order.
   */
  private static final String TABLE =
      """
      IDLE                 | OPEN | REMOTE | I      | I      | I    | I      | -     | -   | -
      OPEN                 | t    | REMOTE | OPEN   | REMOTE | PEER | OPEN   | LOCAL | OWN | -
      HALF_CLOSED_LOCAL    | t    | END    | LOCAL  | END    | PEER | LOCAL  | -     | OWN | EARLY
      HALF_CLOSED_REMOTE   | h    | h      | h      | h      | PEER | REMOTE | END   | OWN | -
      CLOSED_BY_END        | C    | C      | C      | C      | -    | -      | -     | -   | -
      CLOSED_BY_PEER_RESET | c    | c      | c      | c      | -    | -      | -     | -   | -
      CLOSED_BY_OWN_RESET  | -    | -      | -      | -      | PEER | -      | -     | -   | -
      CLOSED_EARLY         | -    | -      | -      | -      | PEER | -      | -     | -   | -
      CLOSED_FORGOTTEN     | N    | N      | C      | C      | -    | -      | -     | -   | -
      """;

  @Test
  @DisplayName("S06, S07 each state with each input (RFC 9113 §5.1)")
  void table() {
    List<String> rows = TABLE.lines().toList();
    assertEquals(StreamState.values().length, rows.size());
    for (String row : rows) {
      List<String> cells = Arrays.stream(row.split("\\|")).map(String::strip).toList();
      StreamState state = StreamState.valueOf(cells.getFirst());
      assertEquals(Input.values().length, cells.size() - 1);
      int column = 0;
      for (Input input : Input.values()) {
        column++;
        assertEquals(cells.get(column), abbreviated(state.on(input)), state + " " + input);
      }
    }
  }

  private static String abbreviated(StreamState.Step step) {
    return switch (step) {
      case StreamState.Ignore ignored -> "-";
      case StreamState.Reset reset -> letter(reset.violation());
      case StreamState.Fail fail -> letter(fail.violation()).toUpperCase(Locale.ROOT);
      case StreamState.To to ->
          switch (to.state()) {
            case OPEN -> "OPEN";
            case HALF_CLOSED_LOCAL -> "LOCAL";
            case HALF_CLOSED_REMOTE -> "REMOTE";
            case CLOSED_BY_END -> "END";
            case CLOSED_BY_PEER_RESET -> "PEER";
            case CLOSED_BY_OWN_RESET -> "OWN";
            case CLOSED_EARLY -> "EARLY";
            case IDLE, CLOSED_FORGOTTEN -> throw new AssertionError(to);
          };
    };
  }

  private static String letter(Http2Violation violation) {
    return List.of("i", "h", "c", "t", "n")
        .get(
            List.of(
                    Http2Violation.FRAME_ON_IDLE_STREAM,
                    Http2Violation.FRAME_ON_HALF_CLOSED_STREAM,
                    Http2Violation.FRAME_ON_CLOSED_STREAM,
                    Http2Violation.TRAILERS_WITHOUT_END,
                    Http2Violation.BAD_STREAM_ID)
                .indexOf(violation));
  }

  @Test
  void whichAreClosed() {
    for (StreamState state : StreamState.values()) {
      assertEquals(state.name().startsWith("CLOSED"), state.isClosed(), state.name());
      boolean remoteOpen = state == StreamState.OPEN || state == StreamState.HALF_CLOSED_LOCAL;
      assertEquals(remoteOpen, state.isRemoteOpen(), state.name());
    }
  }

  @Test
  @DisplayName("S16 closed streams are remembered in bounded memory")
  void closedStreams() {
    ClosedStreams closed = ClosedStreams.of(100);
    for (int id = 1; id < 2_000_000; id += 2) {
      closed.add(id, id % 3 == 0 ? StreamState.CLOSED_BY_OWN_RESET : StreamState.CLOSED_BY_END);
    }
    assertEquals(StreamState.CLOSED_BY_END, closed.stateOf(1_999_999));
    assertEquals(StreamState.CLOSED_BY_OWN_RESET, closed.stateOf(1_999_995));
    assertEquals(StreamState.CLOSED_FORGOTTEN, closed.stateOf(1_990_001));
    assertEquals(StreamState.CLOSED_FORGOTTEN, closed.stateOf(1));
  }

  @Test
  @DisplayName("S07 all streams that can be open are remembered when all are reset at once")
  void allAtOnce() {
    for (int streams : new int[] {1, 32, 33, 100, 1024}) {
      ClosedStreams closed = ClosedStreams.of(streams);
      for (int i = 0; i < 2 * streams; i++) {
        closed.add(2 * i + 1, StreamState.CLOSED_BY_OWN_RESET);
      }
      for (int i = 0; i < 1000; i++) {
        closed.add(100_001 + 2 * i, StreamState.CLOSED_BY_END);
      }
      for (int i = 0; i < 2 * streams; i++) {
        assertEquals(StreamState.CLOSED_BY_OWN_RESET, closed.stateOf(2 * i + 1));
      }
    }
  }

  @Test
  void mapAgreesWithAnother() {
    StreamMap map = new StreamMap();
    assertEquals(null, map.get(1));
    Map<Integer, Http2Stream> other = new HashMap<>();
    Random random = new Random(4);
    for (int i = 0; i < 20_000; i++) {
      int id = 2 * random.nextInt(200) * (random.nextBoolean() ? 1 : 64) + 1;
      Http2Stream there = other.remove(id);
      if (there != null && random.nextInt(3) > 0) {
        map.remove(there);
      } else if (there != null) {
        other.put(id, there);
      } else {
        Http2Stream added = new Http2Stream(id, 1, 1);
        other.put(id, added);
        map.add(added);
      }
      assertEquals(other.get(id), map.get(id));
      assertEquals(other.size(), map.count());
    }
    other.forEach((id, stream) -> assertEquals(stream, map.get(id)));
    Set<Http2Stream> seen = new HashSet<>();
    map.forEach(seen::add);
    assertEquals(Set.copyOf(other.values()), seen);
    map.clear();
    assertEquals(0, map.count());
  }
}
