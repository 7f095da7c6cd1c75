package io.roadrunner.server;

import io.roadrunner.websocket.CloseCode;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sessions that get the same messages. A message is put into its frame once, and never waits for a
 * member: what becomes of one that reads too slowly is a choice of {@link WhenFull}. All methods
 * may be called from any thread, also from an inline handler.
 *
 * <p>For members with compression, the message is compressed once for each of them, on the calling
 * thread, since what they got before is the context of it.
 *
 * <p>Sessions that have ended leave the group with the next message.
 */
public final class WebSocketGroup {

  /** What becomes of a member whose queue is full. */
  public enum WhenFull {
    /** It misses the message. */
    DROP,
    /** It is closed with the code 1013 (try again later), and leaves the group. */
    CLOSE
  }

  private final ConcurrentHashMap<WebSocketSession, WebSocketSession> members =
      new ConcurrentHashMap<>();
  private final WhenFull whenFull;

  private WebSocketGroup(WhenFull whenFull) {
    this.whenFull = whenFull;
  }

  /**
   * {@return an empty group}
   *
   * @param whenFull what becomes of members that read too slowly
   */
  public static WebSocketGroup of(WhenFull whenFull) {
    return new WebSocketGroup(whenFull);
  }

  /**
   * Adds a member.
   *
   * @param session gets what is sent from now on
   */
  public void add(WebSocketSession session) {
    members.put(session, session);
  }

  /**
   * Removes a member, if it is one.
   *
   * @param session gets nothing more
   */
  public void remove(WebSocketSession session) {
    members.remove(session);
  }

  /** {@return how many members there are, those that have just ended included} */
  public int size() {
    return members.size();
  }

  /**
   * Sends a message to all members.
   *
   * @param message the message
   * @return how many of them will get it
   */
  public int send(WebSocketMessage message) {
    int taken = 0;
    for (WebSocketSession member : members.values()) {
      switch (member.offer(message)) {
        case TAKEN -> taken++;
        case FULL -> full(member);
        case CLOSED -> remove(member);
      }
    }
    return taken;
  }

  private void full(WebSocketSession member) {
    switch (whenFull) {
      case DROP -> {}
      case CLOSE -> {
        remove(member);
        member.close(CloseCode.TRY_AGAIN_LATER, "reads too slowly");
      }
    }
  }
}
