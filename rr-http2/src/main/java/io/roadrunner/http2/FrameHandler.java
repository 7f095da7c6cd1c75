package io.roadrunner.http2;

import io.roadrunner.http2.frame.Ack;
import io.roadrunner.http2.frame.ContinuationFrame;
import io.roadrunner.http2.frame.DataFrame;
import io.roadrunner.http2.frame.EndStream;
import io.roadrunner.http2.frame.Frame;
import io.roadrunner.http2.frame.GoAwayFrame;
import io.roadrunner.http2.frame.HeadersFrame;
import io.roadrunner.http2.frame.Http2Error;
import io.roadrunner.http2.frame.Http2Exception;
import io.roadrunner.http2.frame.Http2Violation;
import io.roadrunner.http2.frame.PingFrame;
import io.roadrunner.http2.frame.PriorityFrame;
import io.roadrunner.http2.frame.PriorityUpdateFrame;
import io.roadrunner.http2.frame.PushPromiseFrame;
import io.roadrunner.http2.frame.RstStreamFrame;
import io.roadrunner.http2.frame.SettingsFrame;
import io.roadrunner.http2.frame.UnknownFrame;
import io.roadrunner.http2.frame.WindowUpdateFrame;
import java.nio.charset.StandardCharsets;

/** What each frame of the client does. */
final class FrameHandler {
  private final Core core;
  private final Receiver receiver;
  private final Lifecycle lifecycle;
  private final HeaderAssembly assembly;

  /** Since the last ones were charged. */
  private int tinyFrames;

  FrameHandler(Core core, Receiver receiver, Lifecycle lifecycle) {
    this.core = core;
    this.receiver = receiver;
    this.lifecycle = lifecycle;
    assembly = new HeaderAssembly(core.limits.headers());
  }

  /** A frame that could not be read, or that threw an error. */
  void error(Http2Error error) {
    switch (error) {
      case Http2Error.ConnectionError fault -> core.fail(fault.violation());
      case Http2Error.StreamError fault -> {
        if (assembly.isOpen()) {
          core.fail(Http2Violation.HEADER_BLOCK_INTERRUPTED);
        } else if (!lifecycle.hasSettings()) {
          core.fail(Http2Violation.NO_SETTINGS_FIRST);
        } else {
          core.streamError(fault.streamId(), fault.violation());
        }
      }
    }
  }

  void accept(Frame frame) {
    if (assembly.isOpen() && !(frame instanceof ContinuationFrame)) {
      throw Http2Exception.connection(Http2Violation.HEADER_BLOCK_INTERRUPTED); // RFC 9113 §6.10
    }
    if (!lifecycle.hasSettings() && !isSettings(frame)) {
      throw Http2Exception.connection(Http2Violation.NO_SETTINGS_FIRST); // RFC 9113 §3.4
    }
    switch (frame) {
      case DataFrame data -> data(data);
      case HeadersFrame headers -> headers(headers);
      case PriorityFrame priority -> priority(priority);
      case RstStreamFrame reset -> reset(reset);
      case SettingsFrame settings -> settings(settings);
      case PushPromiseFrame promise -> core.fail(Http2Violation.PUSH_FROM_CLIENT);
      case PingFrame ping -> ping(ping);
      case GoAwayFrame goAway -> goAway(goAway);
      case WindowUpdateFrame update -> windowUpdate(update);
      case ContinuationFrame continuation -> continuation(continuation);
      case PriorityUpdateFrame update -> priorityUpdate(update);
      case UnknownFrame unknown -> core.charge(Overhead.UNKNOWN_FRAME);
    }
  }

  private static boolean isSettings(Frame frame) {
    return frame instanceof SettingsFrame settings && settings.ack() == Ack.NO;
  }

  private void headers(HeadersFrame frame) {
    receiver.checkId(frame);
    assembly.begin(frame);
    blockIfWhole();
  }

  private void continuation(ContinuationFrame frame) {
    assembly.add(frame);
    core.charge(Overhead.CONTINUATION);
    blockIfWhole();
  }

  private void blockIfWhole() {
    if (!assembly.isOpen() && !core.isFailed()) {
      receiver.block(
          assembly.streamId(), assembly.endStream(), assembly.take(), assembly.isSelfDependent());
    }
  }

  // RFC 9113 §6.1
  private void data(DataFrame frame) {
    if (frame.part().isFirst() && !beginData(frame)) {
      return;
    }
    Http2Stream stream = core.streams.get(frame.streamId());
    if (stream == null || !stream.state.isRemoteOpen()) {
      return; // the rest of a frame that was settled with its first part
    }
    boolean ends = frame.endStream() == EndStream.YES;
    if (ends && !stream.hasPromisedLength()) {
      core.streamError(stream.id, Http2Violation.CONTENT_LENGTH_MISMATCH);
      return;
    }
    if (frame.flowControlledBytes() > 0) {
      core.events.add(new Http2Event.Data(stream.id, frame.data(), frame.flowControlledBytes()));
    }
    if (ends) {
      core.events.add(new Http2Event.EndOfRequest(stream.id));
      core.close(stream, stream.state.on(StreamState.Input.RECEIVE_END));
    }
  }

  /** Judges a whole frame by its first part. Says whether its content is wanted. */
  private boolean beginData(DataFrame frame) {
    int id = frame.streamId();
    int bytes = frame.frameBytes();
    StreamState.Step step = core.stateOf(id).on(StreamState.Input.RECEIVE_DATA);
    if (step instanceof StreamState.Fail fail) {
      core.fail(fail.violation());
      return false;
    }
    if (!core.receiveWindow.take(bytes)) {
      core.fail(Http2Violation.WINDOW_EXCEEDED);
      return false;
    }
    Http2Stream stream = core.streams.get(id);
    if (stream == null || !(step instanceof StreamState.To)) {
      core.giveBack(null, bytes); // RFC 9113 §6.9: counts whatever becomes of it
      core.charge(Overhead.LATE_FRAME);
      if (step instanceof StreamState.Reset reset) {
        core.streamError(id, reset.violation());
      }
      return false;
    }
    chargeData(frame);
    if (!stream.receiveWindow.take(bytes)) {
      core.giveBack(null, bytes);
      core.streamError(id, Http2Violation.WINDOW_EXCEEDED);
      return false;
    }
    stream.unconsumed += bytes;
    stream.receivedBytes += frame.frameContentBytes();
    if (stream.exceedsPromisedLength()) {
      core.streamError(id, Http2Violation.CONTENT_LENGTH_MISMATCH); // RFC 9113 §8.1.1
      return false;
    }
    return !core.isFailed();
  }

  private void chargeData(DataFrame frame) {
    int content = frame.frameContentBytes();
    if (content >= Overhead.TINY_BYTES) {
      core.reward(content >> 10);
    } else if (frame.endStream() == EndStream.NO) {
      chargeSmall(content);
    }
  }

  private void chargeSmall(int content) {
    if (content == 0) {
      core.charge(Overhead.EMPTY_DATA);
      return;
    }
    tinyFrames++;
    if (tinyFrames == Overhead.TINY_FRAMES) {
      tinyFrames = 0;
      core.charge(Overhead.TINY_DATA);
    }
  }

  private void priority(PriorityFrame frame) {
    core.charge(Overhead.PRIORITY);
    if (frame.dependency().dependsOn() == frame.streamId()) {
      core.streamError(frame.streamId(), Http2Violation.SELF_DEPENDENCY);
    }
  }

  private void priorityUpdate(PriorityUpdateFrame frame) {
    core.charge(Overhead.PRIORITY);
    if (frame.prioritizedStreamId() % 2 == 0) {
      core.fail(Http2Violation.BAD_PRIORITY_UPDATE); // RFC 9218 §7.1: nothing is pushed
      return;
    }
    Http2Stream stream = core.streams.get(frame.prioritizedStreamId());
    if (stream != null) {
      CharSequence value = StandardCharsets.US_ASCII.decode(frame.priority().duplicate());
      core.sender.reprioritize(stream, Priority.parse(value));
    }
  }

  private void reset(RstStreamFrame frame) {
    int id = frame.streamId();
    StreamState.Step step = core.stateOf(id).on(StreamState.Input.RECEIVE_RESET);
    if (step instanceof StreamState.Fail fail) {
      core.fail(fail.violation());
      return;
    }
    Http2Stream stream = core.streams.get(id);
    if (stream == null) {
      core.charge(Overhead.LATE_FRAME);
      if (step instanceof StreamState.To) {
        core.closed.resetByPeer(id);
      }
      return;
    }
    core.events.add(new Http2Event.StreamReset(id, frame.errorCode(), Http2Event.ResetCause.PEER));
    core.close(stream, step);
    core.charge(Overhead.CANCELLED_REQUEST);
  }

  private void settings(SettingsFrame frame) {
    core.charge(Overhead.SETTINGS);
    if (frame.ack() == Ack.YES) {
      lifecycle.settingsAcknowledged();
      return;
    }
    if (frame.count() > core.limits.maxSettingsEntries()) {
      throw Http2Exception.connection(Http2Violation.TOO_MANY_SETTINGS);
    }
    for (int i = 0; i < frame.count(); i++) {
      setting(frame.id(i), frame.value(i));
    }
    lifecycle.settingsReceived();
    core.control.settings(SettingsFrame.acknowledgement(), 0);
    core.checkControl();
  }

  private void setting(int id, long value) {
    int windowBefore = core.peer.initialWindow();
    core.peer.apply(id, value);
    long change = (long) core.peer.initialWindow() - windowBefore;
    if (change != 0) {
      core.streams.forEach(stream -> openBySettings(stream, change)); // RFC 9113 §6.9.2
    }
    if (id == SettingsFrame.HEADER_TABLE_SIZE) {
      core.sender.peerTableSize(value);
    }
  }

  private void openBySettings(Http2Stream stream, long change) {
    if (!core.sender.open(stream, change)) {
      throw Http2Exception.connection(Http2Violation.WINDOW_OVERFLOW);
    }
  }

  private void ping(PingFrame frame) {
    core.charge(Overhead.PING);
    if (core.isFailed()) {
      return;
    }
    if (frame.ack() == Ack.YES) {
      lifecycle.pingAcknowledged(frame.opaque());
    } else {
      core.control.ping(Ack.YES, frame.opaque());
      core.checkControl();
    }
  }

  private void goAway(GoAwayFrame frame) {
    core.charge(Overhead.GOAWAY);
    if (!core.isFailed()) {
      receiver.peerIsLeaving();
      core.events.add(new Http2Event.PeerGoAway(frame.lastStreamId(), frame.errorCode()));
    }
  }

  private void windowUpdate(WindowUpdateFrame frame) {
    core.charge(Overhead.WINDOW_UPDATE);
    int id = frame.streamId();
    if (id == 0) {
      if (!core.sender.openConnection(frame.increment())) {
        core.fail(Http2Violation.WINDOW_OVERFLOW);
      }
      return;
    }
    StreamState.Step step = core.stateOf(id).on(StreamState.Input.RECEIVE_WINDOW_UPDATE);
    if (step instanceof StreamState.Fail fail) {
      core.fail(fail.violation());
      return;
    }
    Http2Stream stream = core.streams.get(id);
    if (stream != null && !core.sender.open(stream, frame.increment())) {
      core.streamError(id, Http2Violation.WINDOW_OVERFLOW);
    }
  }
}
