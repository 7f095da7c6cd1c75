package io.roadrunner.http2;

import io.roadrunner.http2.frame.FrameReader;

/**
 * Upper bounds of everything that a peer can make large or slow.
 *
 * @param maxConcurrentStreams streams that are open at a time; RFC 9113 §6.5.2 advises no less than
 *     100. One more is refused with REFUSED_STREAM
 * @param maxFrameBytes payload of a frame, 16384 to 16777215 (RFC 9113 §4.2); FRAME_SIZE_ERROR
 * @param connectionWindowBytes content of all requests that may be on its way or not consumed yet,
 *     65535 at least (RFC 9113 §6.9.2); FLOW_CONTROL_ERROR
 * @param streamWindowBytes the same for one request; FLOW_CONTROL_ERROR
 * @param maxSettingsEntries entries in one SETTINGS frame; ENHANCE_YOUR_CALM
 * @param maxControlBytes answers to PING, SETTINGS and faults that the peer does not read;
 *     ENHANCE_YOUR_CALM
 * @param maxQueuedBytes content of one response that can be queued; no fault of the peer, {@link
 *     Http2Connection#sendData} takes no more
 * @param minSendBytes content is held back while the window is smaller than this, than the rest of
 *     the content, and than half the initial window of the peer; so a peer that opens the window by
 *     single octets does not get as many frames
 * @param headers limits of header blocks
 * @param deadlines how long to wait
 * @param overhead the budget for what serves nothing
 */
public record Http2Limits(
    int maxConcurrentStreams,
    int maxFrameBytes,
    int connectionWindowBytes,
    int streamWindowBytes,
    int maxSettingsEntries,
    int maxControlBytes,
    int maxQueuedBytes,
    int minSendBytes,
    HeaderLimits headers,
    Deadlines deadlines,
    OverheadLimits overhead) {

  /** Leaves room for sums of limits in an int. */
  static final int MOST = 1 << 28;

  private static final int DEFAULT_WINDOW = 65_535;

  private static final Http2Limits DEFAULTS =
      new Http2Limits(
          100,
          FrameReader.LEAST_MAX_FRAME_BYTES,
          1 << 20,
          1 << 18,
          64,
          16_384,
          1 << 18,
          1024,
          new HeaderLimits(16_384, 200, 32_768, 64),
          new Deadlines(10_000_000_000L, 10_000_000_000L, 1_000_000_000L),
          new OverheadLimits(10_000, 1000));

  /** Refuses values out of range with {@link IllegalArgumentException}. */
  public Http2Limits {
    within(1, maxConcurrentStreams, MOST, "maxConcurrentStreams");
    within(
        FrameReader.LEAST_MAX_FRAME_BYTES,
        maxFrameBytes,
        FrameReader.MOST_FRAME_BYTES,
        "maxFrameBytes");
    within(DEFAULT_WINDOW, connectionWindowBytes, MOST, "connectionWindowBytes");
    within(1, streamWindowBytes, MOST, "streamWindowBytes");
    within(1, maxSettingsEntries, MOST, "maxSettingsEntries");
    within(1, maxControlBytes, MOST, "maxControlBytes");
    within(1, maxQueuedBytes, MOST, "maxQueuedBytes");
    within(1, minSendBytes, MOST, "minSendBytes");
  }

  static void within(long least, long value, long most, String name) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " is " + value + ", it has to be from " + least + " to " + most);
    }
  }

  /**
   * 100 streams, frames of 16 KiB, windows of 1 MiB and 256 KiB, 64 settings, 16 KiB of control
   * frames, 256 KiB of queued content, 1 KiB to send at least; header lists of 16 KiB and 200
   * fields in blocks of 32 KiB and 64 continuations; 10 s for the preface and for settings, 1 s
   * when draining; 10 000 points, and 1 000 more each second.
   *
   * @return the default limits
   */
  public static Http2Limits defaults() {
    return DEFAULTS;
  }

  /**
   * {@return a copy with another {@link #maxConcurrentStreams}}
   *
   * @param value the new limit
   */
  public Http2Limits withMaxConcurrentStreams(int value) {
    return new Http2Limits(
        value,
        maxFrameBytes,
        connectionWindowBytes,
        streamWindowBytes,
        maxSettingsEntries,
        maxControlBytes,
        maxQueuedBytes,
        minSendBytes,
        headers,
        deadlines,
        overhead);
  }

  /**
   * {@return a copy with another {@link #maxFrameBytes}}
   *
   * @param value the new limit
   */
  public Http2Limits withMaxFrameBytes(int value) {
    return new Http2Limits(
        maxConcurrentStreams,
        value,
        connectionWindowBytes,
        streamWindowBytes,
        maxSettingsEntries,
        maxControlBytes,
        maxQueuedBytes,
        minSendBytes,
        headers,
        deadlines,
        overhead);
  }

  /**
   * {@return a copy with another {@link #connectionWindowBytes}}
   *
   * @param value the new limit
   */
  public Http2Limits withConnectionWindowBytes(int value) {
    return new Http2Limits(
        maxConcurrentStreams,
        maxFrameBytes,
        value,
        streamWindowBytes,
        maxSettingsEntries,
        maxControlBytes,
        maxQueuedBytes,
        minSendBytes,
        headers,
        deadlines,
        overhead);
  }

  /**
   * {@return a copy with another {@link #streamWindowBytes}}
   *
   * @param value the new limit
   */
  public Http2Limits withStreamWindowBytes(int value) {
    return new Http2Limits(
        maxConcurrentStreams,
        maxFrameBytes,
        connectionWindowBytes,
        value,
        maxSettingsEntries,
        maxControlBytes,
        maxQueuedBytes,
        minSendBytes,
        headers,
        deadlines,
        overhead);
  }

  /**
   * {@return a copy with another {@link #maxSettingsEntries}}
   *
   * @param value the new limit
   */
  public Http2Limits withMaxSettingsEntries(int value) {
    return new Http2Limits(
        maxConcurrentStreams,
        maxFrameBytes,
        connectionWindowBytes,
        streamWindowBytes,
        value,
        maxControlBytes,
        maxQueuedBytes,
        minSendBytes,
        headers,
        deadlines,
        overhead);
  }

  /**
   * {@return a copy with another {@link #maxControlBytes}}
   *
   * @param value the new limit
   */
  public Http2Limits withMaxControlBytes(int value) {
    return new Http2Limits(
        maxConcurrentStreams,
        maxFrameBytes,
        connectionWindowBytes,
        streamWindowBytes,
        maxSettingsEntries,
        value,
        maxQueuedBytes,
        minSendBytes,
        headers,
        deadlines,
        overhead);
  }

  /**
   * {@return a copy with another {@link #maxQueuedBytes}}
   *
   * @param value the new limit
   */
  public Http2Limits withMaxQueuedBytes(int value) {
    return new Http2Limits(
        maxConcurrentStreams,
        maxFrameBytes,
        connectionWindowBytes,
        streamWindowBytes,
        maxSettingsEntries,
        maxControlBytes,
        value,
        minSendBytes,
        headers,
        deadlines,
        overhead);
  }

  /**
   * {@return a copy with another {@link #minSendBytes}}
   *
   * @param value the new limit
   */
  public Http2Limits withMinSendBytes(int value) {
    return new Http2Limits(
        maxConcurrentStreams,
        maxFrameBytes,
        connectionWindowBytes,
        streamWindowBytes,
        maxSettingsEntries,
        maxControlBytes,
        maxQueuedBytes,
        value,
        headers,
        deadlines,
        overhead);
  }

  /**
   * {@return a copy with another {@link #headers}}
   *
   * @param value the new limit
   */
  public Http2Limits withHeaders(HeaderLimits value) {
    return new Http2Limits(
        maxConcurrentStreams,
        maxFrameBytes,
        connectionWindowBytes,
        streamWindowBytes,
        maxSettingsEntries,
        maxControlBytes,
        maxQueuedBytes,
        minSendBytes,
        value,
        deadlines,
        overhead);
  }

  /**
   * {@return a copy with another {@link #deadlines}}
   *
   * @param value the new limit
   */
  public Http2Limits withDeadlines(Deadlines value) {
    return new Http2Limits(
        maxConcurrentStreams,
        maxFrameBytes,
        connectionWindowBytes,
        streamWindowBytes,
        maxSettingsEntries,
        maxControlBytes,
        maxQueuedBytes,
        minSendBytes,
        headers,
        value,
        overhead);
  }

  /**
   * {@return a copy with another {@link #overhead}}
   *
   * @param value the new limit
   */
  public Http2Limits withOverhead(OverheadLimits value) {
    return new Http2Limits(
        maxConcurrentStreams,
        maxFrameBytes,
        connectionWindowBytes,
        streamWindowBytes,
        maxSettingsEntries,
        maxControlBytes,
        maxQueuedBytes,
        minSendBytes,
        headers,
        deadlines,
        value);
  }
}
