package io.roadrunner.server.websocket;

import io.roadrunner.server.WebSocketHandler;
import io.roadrunner.server.WebSocketPart;
import io.roadrunner.server.WebSocketSession;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Echoes, and notes all that it is told. */
class RecordingHandler implements WebSocketHandler {

  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final List<WebSocketSession> sessions = new CopyOnWriteArrayList<>();

  /** Returns the next thing that was told, waiting for it. */
  String next() throws InterruptedException {
    String next = told.poll(10, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing more was told");
    }
    return next;
  }

  /** Returns what was told and has not been looked at. */
  List<String> rest() {
    return List.copyOf(told);
  }

  WebSocketSession session() {
    return sessions.getFirst();
  }

  void note(String what) {
    told.add(what);
  }

  @Override
  public void open(WebSocketSession session) throws Exception {
    sessions.add(session);
    note("open");
  }

  @Override
  public void text(WebSocketSession session, String message) throws Exception {
    note("text " + message);
    session.sendText(message);
  }

  @Override
  public void binary(WebSocketSession session, ByteBuffer message) throws Exception {
    note("binary " + message.remaining());
    session.sendBinary(message);
  }

  @Override
  public void part(WebSocketSession session, WebSocketPart part) throws Exception {
    note(
        "part "
            + part.kind()
            + " "
            + StandardCharsets.UTF_8.decode(part.bytes())
            + " "
            + part.position());
  }

  @Override
  public void pong(WebSocketSession session, ByteBuffer payload) throws Exception {
    note("pong " + StandardCharsets.UTF_8.decode(payload));
  }

  @Override
  public void close(WebSocketSession session, int code, String reason) throws Exception {
    note("close " + code + " " + reason);
  }

  @Override
  public void error(WebSocketSession session, Throwable cause) {
    note("error " + cause.getMessage());
  }

  @Override
  public void drain(WebSocketSession session, Instant deadline) throws Exception {
    note("drain");
  }
}
