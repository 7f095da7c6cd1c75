package io.roadrunner.server.websocket;

import io.roadrunner.deflate.Part;
import io.roadrunner.server.WebSocketOutput;
import io.roadrunner.websocket.MessageKind;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A message in fragments: collects bytes, and sends them when there are many. */
final class MessageOutput implements WebSocketOutput {

  private static final int FRAGMENT = 16 << 10;

  private final Sender out;
  private final MessageKind kind;
  private final ByteBuffer collected = ByteBuffer.allocate(FRAGMENT);
  private boolean begun;
  private boolean closed;

  /** Creates it; the caller has the turn of the session, and leaves it to this. */
  MessageOutput(Sender out, MessageKind kind) {
    this.out = out;
    this.kind = kind;
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    requireOpen();
    while (bytes.hasRemaining()) {
      int count = Math.min(bytes.remaining(), collected.remaining());
      collected.put(collected.position(), bytes, bytes.position(), count);
      collected.position(collected.position() + count);
      bytes.position(bytes.position() + count);
      if (!collected.hasRemaining()) {
        sendCollected();
      }
    }
  }

  private void requireOpen() throws IOException {
    if (closed) {
      throw new IOException("the message has ended");
    }
  }

  @Override
  public void flush() throws IOException {
    requireOpen();
    if (collected.position() > 0) {
      sendCollected();
    }
  }

  private void sendCollected() throws IOException {
    ByteBuffer payload = out.payload(collected.flip(), Part.MORE);
    if (payload.hasRemaining()) {
      out.fragment(begun ? Fragment.NEXT : Fragment.FIRST, kind, payload);
      begun = true;
    }
    collected.clear();
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      ByteBuffer payload = out.payload(collected.flip(), Part.LAST);
      out.fragment(begun ? Fragment.LAST : Fragment.ONLY, kind, payload);
    } finally {
      out.endTurn();
    }
  }
}
