package io.roadrunner.http2.frame;

/**
 * One frame. Buffers in frames that were read are read-only views of the input: valid until the
 * next call of {@link FrameReader#next}, and only as long as the input is not changed.
 */
public sealed interface Frame extends FrameEvent
    permits DataFrame,
        HeadersFrame,
        PriorityFrame,
        RstStreamFrame,
        SettingsFrame,
        PushPromiseFrame,
        PingFrame,
        GoAwayFrame,
        WindowUpdateFrame,
        ContinuationFrame,
        PriorityUpdateFrame,
        UnknownFrame {

  /** {@return the stream that the frame belongs to; 0 is the connection} */
  int streamId();
}
