package io.roadrunner.websocket;

import static io.roadrunner.websocket.CloseHandshake.Action.ANSWER_CLOSE;
import static io.roadrunner.websocket.CloseHandshake.Action.END_TRANSPORT;
import static io.roadrunner.websocket.CloseHandshake.Action.NONE;
import static io.roadrunner.websocket.CloseHandshake.Action.WRITE_CLOSE_AND_END;
import static io.roadrunner.websocket.CloseHandshake.Action.WRITE_CLOSE_AND_WAIT;
import static io.roadrunner.websocket.CloseHandshake.State.CLOSED;
import static io.roadrunner.websocket.CloseHandshake.State.CLOSE_RECEIVED;
import static io.roadrunner.websocket.CloseHandshake.State.CLOSE_SENT;
import static io.roadrunner.websocket.CloseHandshake.State.OPEN;
import static io.roadrunner.websocket.Frames.FIN;
import static io.roadrunner.websocket.Frames.PING;
import static io.roadrunner.websocket.Frames.TEXT;
import static io.roadrunner.websocket.Frames.hex;
import static io.roadrunner.websocket.Frames.masked;
import static io.roadrunner.websocket.Frames.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.websocket.CloseHandshake.Action;
import io.roadrunner.websocket.CloseHandshake.Input;
import io.roadrunner.websocket.CloseHandshake.State;
import io.roadrunner.websocket.CloseHandshake.Step;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClosingTest {

  @Nested
  class S5_5_1_Close {
    @Test
    void withoutCode() {
      assertEquals(List.of("close 1005 "), Feed.server(masked(FIN | Frames.CLOSE, "")));
    }

    @Test
    void withCodeAndReason() {
      assertEquals(List.of("close 1000 "), Feed.server(Frames.close(1000, utf8(""))));
      assertEquals(
          List.of("close 4999 Tschüß €𝄞"), Feed.server(Frames.close(4999, utf8("Tschüß €𝄞"))));
      assertEquals(
          List.of("close 1001 " + "r".repeat(123)),
          Feed.server(Frames.close(1001, utf8("r".repeat(123)))));
    }

    @Test
    @DisplayName("W12: a body of one byte")
    void truncatedCode() {
      assertEquals(
          List.of("fail TRUNCATED_CLOSE_CODE"), Feed.server(masked(FIN | Frames.CLOSE, "x")));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"80", "c0 80", "ed a0 80", "f4 90 80 80", "ce ba e1 bd b9 cf 83 ed a0 80", "e2"})
    @DisplayName("W12: a reason that is not UTF-8")
    void badReason(String bytes) {
      assertEquals(List.of("fail BAD_CLOSE_REASON"), Feed.server(Frames.close(1000, hex(bytes))));
      assertEquals(1007, WebSocketViolation.BAD_CLOSE_REASON.closeCode());
    }

    @Test
    @DisplayName("W14: frames behind a Close frame are dropped, good or bad")
    void nothingBehindClose() {
      assertEquals(
          List.of("text a", "close 1000 bye"),
          Feed.server(
              masked(FIN | TEXT, "a"),
              Frames.close(1000, utf8("bye")),
              masked(FIN | PING, "b"),
              masked(FIN | TEXT, "c"),
              hex("ffff00")));
    }

    @Test
    void closeWithinAMessageDropsTheMessage() {
      assertEquals(
          List.of("close 1000 "),
          Feed.server(masked(TEXT, "a"), Frames.close(1000, utf8("")), masked(FIN, "b")));
    }
  }

  @Nested
  class S7_1_ClosingHandshake {
    @ParameterizedTest
    @CsvSource({
      "OPEN,SEND_CLOSE,CLOSE_SENT,WRITE_CLOSE_AND_WAIT",
      "OPEN,RECEIVE_CLOSE,CLOSE_RECEIVED,ANSWER_CLOSE",
      "OPEN,FAIL,CLOSED,WRITE_CLOSE_AND_END",
      "OPEN,TRANSPORT_END,CLOSED,NONE",
      "CLOSE_SENT,SEND_CLOSE,CLOSE_SENT,NONE",
      "CLOSE_SENT,RECEIVE_CLOSE,CLOSED,END_TRANSPORT",
      "CLOSE_SENT,FAIL,CLOSED,END_TRANSPORT",
      "CLOSE_SENT,TRANSPORT_END,CLOSED,NONE",
      "CLOSE_RECEIVED,SEND_CLOSE,CLOSED,WRITE_CLOSE_AND_END",
      "CLOSE_RECEIVED,RECEIVE_CLOSE,CLOSE_RECEIVED,NONE",
      "CLOSE_RECEIVED,FAIL,CLOSED,WRITE_CLOSE_AND_END",
      "CLOSE_RECEIVED,TRANSPORT_END,CLOSED,NONE",
      "CLOSED,SEND_CLOSE,CLOSED,NONE",
      "CLOSED,RECEIVE_CLOSE,CLOSED,NONE",
      "CLOSED,FAIL,CLOSED,NONE",
      "CLOSED,TRANSPORT_END,CLOSED,NONE"
    })
    void everyStateAndInput(State state, Input input, State next, Action action) {
      assertEquals(new Step(next, action), CloseHandshake.step(state, input));
    }

    @Test
    void exactlyOneCloseIsWrittenOnEveryWayThatEndsInOrder() {
      for (Input first : Input.values()) {
        for (Input second : Input.values()) {
          for (Input third : Input.values()) {
            assertTrue(written(first, second, third) <= 1);
          }
        }
      }
      assertEquals(1, written(Input.SEND_CLOSE, Input.RECEIVE_CLOSE, Input.TRANSPORT_END));
      assertEquals(1, written(Input.RECEIVE_CLOSE, Input.SEND_CLOSE, Input.TRANSPORT_END));
    }

    private int written(Input... inputs) {
      State state = OPEN;
      int written = 0;
      for (Input input : inputs) {
        Step step = CloseHandshake.step(state, input);
        state = step.state();
        Action action = step.action();
        written += action == WRITE_CLOSE_AND_WAIT || action == WRITE_CLOSE_AND_END ? 1 : 0;
        assertTrue(List.of(NONE, ANSWER_CLOSE, END_TRANSPORT).contains(action) || written == 1);
      }
      return written;
    }

    @Test
    void whatMayPass() {
      assertTrue(OPEN.maySend() && OPEN.mayReceive());
      assertTrue(!CLOSE_SENT.maySend() && CLOSE_SENT.mayReceive());
      assertTrue(!CLOSE_RECEIVED.maySend() && !CLOSE_RECEIVED.mayReceive());
      assertTrue(!CLOSED.maySend() && !CLOSED.mayReceive());
    }
  }

  @Nested
  class S7_4_StatusCodes {
    @Test
    @DisplayName("W12: every code there is")
    void everyCode() {
      for (int code = 0; code <= 0xFFFF; code++) {
        boolean valid =
            List.of(1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014)
                    .contains(code)
                || (code >= 3000 && code <= 4999);
        ByteBuffer in = ByteBuffer.wrap(Frames.close(code, new byte[0]));
        assertEquals(valid, CloseCode.isForWire(code));
        assertEquals(valid ? "close " + code + " " : "fail BAD_CLOSE_CODE", read(in));
      }
      assertFalse(CloseCode.isForWire(70_000));
    }

    private String read(ByteBuffer in) {
      try {
        return Feed.line(MessageReader.server(Feed.LIMITS).next(in));
      } catch (WebSocketException e) {
        return "fail " + e.violation();
      }
    }

    @Test
    void violationsHaveCodesForTheWire() {
      for (WebSocketViolation violation : WebSocketViolation.values()) {
        assertTrue(List.of(1002, 1007, 1009).contains(violation.closeCode()));
        assertTrue(violation.section().startsWith("RFC "));
        WebSocketWriter writer = WebSocketWriter.server();
        writer.close(violation.closeCode(), violation.text(), ByteBuffer.allocate(131));
      }
    }
  }
}
