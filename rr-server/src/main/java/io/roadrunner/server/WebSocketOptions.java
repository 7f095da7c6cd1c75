package io.roadrunner.server;

import io.roadrunner.deflate.DeflateConfig;
import io.roadrunner.deflate.DeflateLimits;
import io.roadrunner.deflate.NativeCodecs;
import io.roadrunner.websocket.OriginPolicy;
import io.roadrunner.websocket.WebSocketLimits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the WebSockets of one response are to be. Immutable.
 *
 * @param limits for frames and messages, both 10 MiB by default, and for the handshake
 * @param origins whose pages may connect; by default those of the same origin only
 * @param subprotocols those that the application speaks, the one it likes best first
 * @param compression how permessage-deflate is agreed on (RFC 7692); empty, the default: not at all
 * @param inflation how far compressed messages may grow; their size is also bounded by {@code
 *     limits}
 * @param codecs where compressors and decompressors come from; by default they are made when they
 *     are needed, and freed at the end of the session, or of the message where the context is not
 *     taken over. Called by event loops and by every thread that sends
 * @param delivery whether the handler gets whole messages or their parts
 * @param pingInterval after how much silence the server asks for a sign of life, 30 s; zero: never
 * @param pongTimeout how long it then waits for any byte before it gives up, 20 s
 * @param idleTimeout how long there may be no message in either direction before the session is
 *     closed with the code 1001; zero, the default: any time
 * @param closeTimeout how long a peer may take to answer a Close frame, and to close its side of
 *     the connection after that, 5 s each
 * @param outgoingQueueBytes when the queue of what is to be sent counts as full, 1 MiB; it takes
 *     one message beyond that
 */
public record WebSocketOptions(
    WebSocketLimits limits,
    OriginPolicy origins,
    List<String> subprotocols,
    Optional<DeflateConfig> compression,
    DeflateLimits inflation,
    NativeCodecs codecs,
    Delivery delivery,
    Duration pingInterval,
    Duration pongTimeout,
    Duration idleTimeout,
    Duration closeTimeout,
    int outgoingQueueBytes) {

  private static final WebSocketOptions DEFAULTS = new Builder().build();

  /** In which form the handler gets messages. */
  public enum Delivery {
    /** By {@link WebSocketHandler#message}. */
    WHOLE,
    /** By {@link WebSocketHandler#part}, as their bytes arrive. */
    IN_PARTS
  }

  /** Checks every option. */
  public WebSocketOptions {
    subprotocols = List.copyOf(subprotocols);
    atLeast("pingInterval", pingInterval, 0);
    atLeast("pongTimeout", pongTimeout, 1);
    atLeast("idleTimeout", idleTimeout, 0);
    atLeast("closeTimeout", closeTimeout, 1);
    if (outgoingQueueBytes < 1024) {
      throw new IllegalArgumentException(
          "outgoingQueueBytes must be at least 1024, but is " + outgoingQueueBytes);
    }
  }

  private static void atLeast(String option, Duration value, long millis) {
    if (value.isNegative() || value.toMillis() < millis) {
      throw new IllegalArgumentException(
          option + " must be at least " + millis + " ms, but is " + value);
    }
  }

  /** {@return the defaults} */
  public static WebSocketOptions defaults() {
    return DEFAULTS;
  }

  /** {@return a builder with the defaults} */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects options. Not thread-safe. */
  public static final class Builder {

    private WebSocketLimits limits = WebSocketLimits.defaults();
    private OriginPolicy origins = OriginPolicy.sameOrigin();
    private List<String> subprotocols = List.of();
    private Optional<DeflateConfig> compression = Optional.empty();
    private DeflateLimits inflation = DeflateLimits.defaults();
    private NativeCodecs codecs = NativeCodecs.unpooled();
    private Delivery delivery = Delivery.WHOLE;
    private Duration pingInterval = Duration.ofSeconds(30);
    private Duration pongTimeout = Duration.ofSeconds(20);
    private Duration idleTimeout = Duration.ZERO;
    private Duration closeTimeout = Duration.ofSeconds(5);
    private int outgoingQueueBytes = 1 << 20;

    Builder() {}

    /**
     * Sets the limits for frames, messages and the handshake.
     *
     * @param value the limits
     * @return this builder
     */
    public Builder limits(WebSocketLimits value) {
      limits = value;
      return this;
    }

    /**
     * Sets whose pages may connect.
     *
     * @param value the policy
     * @return this builder
     */
    public Builder origins(OriginPolicy value) {
      origins = value;
      return this;
    }

    /**
     * Sets the subprotocols of the application. A client that offers none of them still connects.
     *
     * @param values tokens, the one liked best first
     * @return this builder
     */
    public Builder subprotocols(String... values) {
      subprotocols = List.of(values);
      return this;
    }

    /**
     * Lets messages be compressed where the client wants that, too. Not for secrets beside text of
     * an attacker's choice: how far both shrink together tells something of them.
     *
     * @param value what to agree on
     * @return this builder
     */
    public Builder compression(DeflateConfig value) {
      compression = Optional.of(value);
      return this;
    }

    /**
     * Sets how far compressed messages may grow.
     *
     * @param value the limits
     * @return this builder
     */
    public Builder inflation(DeflateLimits value) {
      inflation = value;
      return this;
    }

    /**
     * Sets where compressors and decompressors come from, such as a pool, or one that counts.
     *
     * @param value safe for many threads
     * @return this builder
     */
    public Builder codecs(NativeCodecs value) {
      codecs = value;
      return this;
    }

    /**
     * Sets whether the handler gets whole messages or their parts.
     *
     * @param value the form
     * @return this builder
     */
    public Builder delivery(Delivery value) {
      delivery = value;
      return this;
    }

    /**
     * Sets after how much silence the server sends a Ping frame.
     *
     * @param value zero: never
     * @return this builder
     */
    public Builder pingInterval(Duration value) {
      pingInterval = value;
      return this;
    }

    /**
     * Sets how long the server waits for a sign of life after its Ping frame.
     *
     * @param value at least 1 ms
     * @return this builder
     */
    public Builder pongTimeout(Duration value) {
      pongTimeout = value;
      return this;
    }

    /**
     * Sets how long there may be no message.
     *
     * @param value zero: any time
     * @return this builder
     */
    public Builder idleTimeout(Duration value) {
      idleTimeout = value;
      return this;
    }

    /**
     * Sets how long a peer may take to answer a Close frame.
     *
     * @param value at least 1 ms
     * @return this builder
     */
    public Builder closeTimeout(Duration value) {
      closeTimeout = value;
      return this;
    }

    /**
     * Sets when the queue of what is to be sent counts as full.
     *
     * @param value at least 1024
     * @return this builder
     */
    public Builder outgoingQueueBytes(int value) {
      outgoingQueueBytes = value;
      return this;
    }

    /** {@return the options} */
    public WebSocketOptions build() {
      return new WebSocketOptions(
          limits,
          origins,
          subprotocols,
          compression,
          inflation,
          codecs,
          delivery,
          pingInterval,
          pongTimeout,
          idleTimeout,
          closeTimeout,
          outgoingQueueBytes);
    }
  }
}
