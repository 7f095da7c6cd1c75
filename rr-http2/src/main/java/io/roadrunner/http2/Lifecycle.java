package io.roadrunner.http2;

import io.roadrunner.http2.frame.Ack;
import io.roadrunner.http2.frame.ErrorCode;
import io.roadrunner.http2.frame.Http2Violation;
import io.roadrunner.http2.frame.SettingsFrame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** How a connection begins and ends: preface, own settings, GOAWAY, and their deadlines. */
final class Lifecycle {
  /** RFC 9113 §3.4. */
  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /** Tells the PING of a drain from those of the application. */
  private static final long DRAIN_PING = 0x7272_2D64_7261_696EL;

  private enum Drain {
    NO,
    ANNOUNCED,
    FINAL
  }

  private final Core core;
  private final long startNanos;
  private int prefaceOctets;
  private boolean settingsReceived;
  private boolean settingsAcknowledged;
  private Drain drain = Drain.NO;
  private long drainNanos;

  Lifecycle(Core core, ExtendedConnect extendedConnect) {
    this.core = core;
    startNanos = core.nowNanos;
    sendSettings(extendedConnect);
  }

  private void sendSettings(ExtendedConnect extendedConnect) {
    Http2Limits limits = core.limits;
    long connect = extendedConnect == ExtendedConnect.ENABLED ? 1 : 0;
    SettingsFrame settings =
        SettingsFrame.of(
            SettingsFrame.MAX_CONCURRENT_STREAMS,
            limits.maxConcurrentStreams(),
            SettingsFrame.INITIAL_WINDOW_SIZE,
            limits.streamWindowBytes(),
            SettingsFrame.MAX_FRAME_SIZE,
            limits.maxFrameBytes(),
            SettingsFrame.MAX_HEADER_LIST_SIZE,
            limits.headers().maxFieldListBytes(),
            SettingsFrame.ENABLE_CONNECT_PROTOCOL,
            connect,
            SettingsFrame.NO_RFC7540_PRIORITIES,
            1);
    core.control.settings(settings, settings.count());
    int more = limits.connectionWindowBytes() - PeerSettings.DEFAULT_WINDOW;
    core.receiveWindow.resize(limits.connectionWindowBytes());
    if (more > 0) {
      core.control.windowUpdate(0, more);
    }
  }

  /** Takes the preface off the input. Says whether it is complete. */
  boolean preface(ByteBuffer in) {
    while (prefaceOctets < PREFACE.length && in.hasRemaining()) {
      if (in.get() != PREFACE[prefaceOctets]) {
        core.fail(Http2Violation.BAD_PREFACE);
        return false;
      }
      prefaceOctets++;
    }
    return prefaceOctets == PREFACE.length;
  }

  boolean hasSettings() {
    return settingsReceived;
  }

  void settingsReceived() {
    settingsReceived = true;
  }

  /** RFC 9113 §6.5.3: from here on the initial window is ours. */
  void settingsAcknowledged() {
    if (!settingsAcknowledged) {
      settingsAcknowledged = true;
      core.initialReceiveWindow = core.limits.streamWindowBytes();
      core.streams.forEach(stream -> stream.receiveWindow.resize(core.initialReceiveWindow));
    }
  }

  void pingAcknowledged(long opaque) {
    if (opaque == DRAIN_PING) {
      finishDrain();
    } else {
      core.events.add(new Http2Event.PingAcknowledged(opaque));
    }
  }

  /** RFC 9113 §6.8: first announces it, and refuses streams once the peer must have seen that. */
  void drain() {
    if (drain == Drain.NO && !core.isFailed()) {
      drain = Drain.ANNOUNCED;
      drainNanos = core.nowNanos;
      core.goAway(Integer.MAX_VALUE, ErrorCode.NO_ERROR);
      core.control.ping(Ack.NO, DRAIN_PING);
    }
  }

  void goAway(ErrorCode code) {
    if (drain != Drain.FINAL && !core.isFailed()) {
      drain = Drain.FINAL;
      core.goAway(core.highestId, code);
    }
  }

  private void finishDrain() {
    if (drain == Drain.ANNOUNCED) {
      goAway(ErrorCode.NO_ERROR);
    }
  }

  boolean isFinal() {
    return drain == Drain.FINAL;
  }

  void tick() {
    if (core.isFailed()) {
      return;
    }
    long now = core.nowNanos;
    Deadlines deadlines = core.limits.deadlines();
    if (!settingsReceived && now - startNanos >= deadlines.prefaceNanos()) {
      core.fail(Http2Violation.PREFACE_TIMEOUT);
    } else if (!settingsAcknowledged && now - startNanos >= deadlines.settingsAckNanos()) {
      core.fail(Http2Violation.SETTINGS_NOT_ACKNOWLEDGED);
    } else if (now - drainNanos >= deadlines.drainNanos()) {
      finishDrain();
    }
  }

  /** How long from now until {@link #tick} has something to do. */
  long nanosToDeadline() {
    long nearest = Long.MAX_VALUE;
    if (core.isFailed()) {
      return nearest;
    }
    Deadlines deadlines = core.limits.deadlines();
    long age = core.nowNanos - startNanos;
    if (!settingsReceived) {
      nearest = deadlines.prefaceNanos() - age;
    }
    if (!settingsAcknowledged) {
      nearest = Math.min(nearest, deadlines.settingsAckNanos() - age);
    }
    if (drain == Drain.ANNOUNCED) {
      nearest = Math.min(nearest, deadlines.drainNanos() - (core.nowNanos - drainNanos));
    }
    return nearest;
  }
}
