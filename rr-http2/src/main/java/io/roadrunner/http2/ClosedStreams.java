package io.roadrunner.http2;

/**
 * How the streams ended that ended last. What was reset from here is remembered apart: the peer may
 * not know yet and go on, and others that end meanwhile must not push it out.
 */
final class ClosedStreams {
  private static final int LEAST = 64;
  private static final int MOST = 2048;

  private final Ring ownResets;
  private final Ring others;

  private ClosedStreams(int remembered) {
    ownResets = new Ring(remembered);
    others = new Ring(remembered);
  }

  /** Enough for all streams that can be open to end at once, and as many that follow them. */
  static ClosedStreams of(int maxConcurrentStreams) {
    return new ClosedStreams(Math.clamp(2L * maxConcurrentStreams, LEAST, MOST));
  }

  void add(int id, StreamState state) {
    boolean own = state == StreamState.CLOSED_BY_OWN_RESET || state == StreamState.CLOSED_EARLY;
    if (!own) {
      others.add(id, state);
    } else if (!ownResets.replace(id, state)) {
      ownResets.add(id, state);
    }
  }

  /** The peer has reset a stream that was reset from here. */
  void resetByPeer(int id) {
    ownResets.replace(id, StreamState.CLOSED_BY_PEER_RESET);
  }

  /** The state of a stream that was skipped or has ended. */
  StreamState stateOf(int id) {
    StreamState state = ownResets.stateOf(id);
    return state == StreamState.CLOSED_FORGOTTEN ? others.stateOf(id) : state;
  }

  /** The last so many, in memory that is there once there is one. */
  private static final class Ring {
    private final int remembered;
    private int[] ids = new int[0];
    private StreamState[] states = new StreamState[0];
    private int next;

    Ring(int remembered) {
      this.remembered = remembered;
    }

    void add(int id, StreamState state) {
      if (ids.length == 0) {
        ids = new int[remembered];
        states = new StreamState[remembered];
      }
      ids[next] = id;
      states[next] = state;
      next = (next + 1) % remembered;
    }

    boolean replace(int id, StreamState state) {
      for (int i = 0; i < ids.length; i++) {
        if (ids[i] == id) {
          states[i] = state;
          return true;
        }
      }
      return false;
    }

    StreamState stateOf(int id) {
      for (int i = 0; i < ids.length; i++) {
        if (ids[i] == id) {
          return states[i];
        }
      }
      return StreamState.CLOSED_FORGOTTEN;
    }
  }
}
