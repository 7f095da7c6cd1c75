package io.roadrunner.websocket;

/**
 * The closing handshake of RFC 6455 §7.1 as one table. Whoever owns the connection keeps a {@link
 * State}, asks {@link #step} at each {@link Input} and does what the {@link Step} says.
 *
 * <pre>
 *          SEND_CLOSE              RECEIVE_CLOSE
 *   OPEN ---------------> CLOSE_SENT ------------+
 *     |                                          v
 *     |    RECEIVE_CLOSE            SEND_CLOSE
 *     +---------------> CLOSE_RECEIVED -------> CLOSED
 *     |                                          ^
 *     +------------ FAIL, TRANSPORT_END ---------+
 * </pre>
 */
public final class CloseHandshake {

  private CloseHandshake() {}

  /** Which Close frames have passed. */
  public enum State {
    /** None: messages flow both ways. */
    OPEN,
    /** Ours only: nothing may be sent any more, messages of the peer may still arrive. */
    CLOSE_SENT,
    /** The peer's only: our answer is due, and nothing of the peer counts any more. */
    CLOSE_RECEIVED,
    /** Both, or the connection failed. */
    CLOSED;

    /**
     * Whether data and control frames may be written (RFC 6455 §5.5.1).
     *
     * @return true if so
     */
    public boolean maySend() {
      return this == OPEN;
    }

    /**
     * Whether frames that arrive are to be looked at (RFC 6455 §5.5.1).
     *
     * @return true if so
     */
    public boolean mayReceive() {
      return this == OPEN || this == CLOSE_SENT;
    }
  }

  /** What can happen. */
  public enum Input {
    /** This side wants to close, or writes the answer to the peer's Close frame. */
    SEND_CLOSE,
    /** The reader returned a {@link Close}. */
    RECEIVE_CLOSE,
    /** The peer broke the protocol: the reader threw a {@link WebSocketException}. */
    FAIL,
    /** The transport ended or broke. */
    TRANSPORT_END
  }

  /** What is to be done. */
  public enum Action {
    /** Nothing. */
    NONE,
    /** Write a Close frame and wait for the peer's, with a deadline. */
    WRITE_CLOSE_AND_WAIT,
    /** Write a Close frame with the peer's code, see {@link WebSocketWriter#answerClose}. */
    ANSWER_CLOSE,
    /**
     * Write the answer that was due, then end the transport: a server at once, a client after it
     * gave the server the time to do so (RFC 6455 §7.1.1).
     */
    WRITE_CLOSE_AND_END,
    /** End the transport as {@link #WRITE_CLOSE_AND_END} does, with nothing more to write. */
    END_TRANSPORT
  }

  /**
   * Where a step leads.
   *
   * @param state the state from now on
   * @param action what to do about it
   */
  public record Step(State state, Action action) {}

  private static final Step STAY_SENT = new Step(State.CLOSE_SENT, Action.NONE);
  private static final Step SENT = new Step(State.CLOSE_SENT, Action.WRITE_CLOSE_AND_WAIT);
  private static final Step STAY_RECEIVED = new Step(State.CLOSE_RECEIVED, Action.NONE);
  private static final Step RECEIVED = new Step(State.CLOSE_RECEIVED, Action.ANSWER_CLOSE);
  private static final Step SAY_AND_END = new Step(State.CLOSED, Action.WRITE_CLOSE_AND_END);
  private static final Step END = new Step(State.CLOSED, Action.END_TRANSPORT);
  private static final Step STAY_CLOSED = new Step(State.CLOSED, Action.NONE);

  /**
   * The next state and what to do, for every pair of state and input.
   *
   * @param state which Close frames have passed
   * @param input what happened
   * @return one of a fixed set of values, nothing is allocated
   */
  public static Step step(State state, Input input) {
    return switch (state) {
      case OPEN ->
          switch (input) {
            case SEND_CLOSE -> SENT;
            case RECEIVE_CLOSE -> RECEIVED;
            case FAIL -> SAY_AND_END;
            case TRANSPORT_END -> STAY_CLOSED;
          };
      case CLOSE_SENT ->
          switch (input) {
            case SEND_CLOSE -> STAY_SENT;
            case RECEIVE_CLOSE, FAIL -> END;
            case TRANSPORT_END -> STAY_CLOSED;
          };
      case CLOSE_RECEIVED ->
          switch (input) {
            case SEND_CLOSE, FAIL -> SAY_AND_END;
            case RECEIVE_CLOSE -> STAY_RECEIVED;
            case TRANSPORT_END -> STAY_CLOSED;
          };
      case CLOSED -> STAY_CLOSED;
    };
  }
}
