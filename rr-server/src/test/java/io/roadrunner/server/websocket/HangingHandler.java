package io.roadrunner.server.websocket;

import io.roadrunner.server.WebSocketSession;
import io.roadrunner.server.testkit.Wait;
import java.util.concurrent.CountDownLatch;

/** Hangs in the first text message until it is told to go on. */
final class HangingHandler extends RecordingHandler {

  private final CountDownLatch proceed = new CountDownLatch(1);

  @Override
  public void text(WebSocketSession session, String message) throws Exception {
    note("text " + message);
    Wait.on(proceed);
  }

  void proceed() {
    proceed.countDown();
  }
}
