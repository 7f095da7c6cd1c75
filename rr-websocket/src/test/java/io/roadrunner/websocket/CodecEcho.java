package io.roadrunner.websocket;

import io.roadrunner.conformance.EchoConnection;
import io.roadrunner.deflate.DeflateConfig;
import io.roadrunner.deflate.DeflateLimits;
import io.roadrunner.deflate.DeflateParameters;
import io.roadrunner.deflate.Extension;
import io.roadrunner.deflate.MessageDeflater;
import io.roadrunner.deflate.MessageForm;
import io.roadrunner.deflate.MessageInflater;
import io.roadrunner.deflate.NativeCodecs;
import io.roadrunner.deflate.Negotiation;
import io.roadrunner.deflate.PermessageDeflate;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** An echo server of codecs alone: bytes go in, bytes come out, nobody waits. */
final class CodecEcho implements EchoConnection {

  static final WebSocketLimits LIMITS =
      WebSocketLimits.defaults().withMaxFrameBytes(64 << 20).withMaxMessageBytes(64 << 20);

  private final String extensions;
  private final Optional<MessageInflater> inflater;
  private final Optional<MessageDeflater> deflater;
  private final MessageReader reader;
  private final WebSocketWriter writer = WebSocketWriter.server();

  private ByteBuffer unread = ByteBuffer.allocate(0);
  private ByteBuffer out = ByteBuffer.allocate(1 << 16);
  private boolean ended;

  private CodecEcho(WebSocketLimits limits) {
    extensions = "";
    inflater = Optional.empty();
    deflater = Optional.empty();
    reader = MessageReader.server(limits);
  }

  private CodecEcho(WebSocketLimits limits, Extension answer, DeflateParameters agreed) {
    extensions = answer.toString();
    DeflateLimits inflated = DeflateLimits.defaults().withMaxMessageBytes(limits.maxMessageBytes());
    MessageInflater decompressor =
        MessageInflater.server(agreed, inflated, NativeCodecs.unpooled());
    inflater = Optional.of(decompressor);
    deflater =
        Optional.of(
            MessageDeflater.server(agreed, DeflateConfig.defaults(), NativeCodecs.unpooled()));
    reader = MessageReader.server(limits, new Inflation(decompressor));
  }

  static CodecEcho connect(String offers) {
    return connect(offers, LIMITS);
  }

  static CodecEcho connect(String offers, WebSocketLimits limits) {
    List<String> values = offers.isEmpty() ? List.of() : List.of(offers);
    List<Extension> elements =
        ExtensionOffer.parse(values, 64).orElseThrow().stream().map(CodecEcho::element).toList();
    return switch (PermessageDeflate.answer(elements, DeflateConfig.defaults())) {
      case Negotiation.Accepted accepted ->
          new CodecEcho(limits, accepted.element(), accepted.parameters());
      case Negotiation.Declined declined -> new CodecEcho(limits);
    };
  }

  private static Extension element(ExtensionOffer offer) {
    return new Extension(
        offer.name(),
        offer.parameters().stream()
            .map(one -> new Extension.Parameter(one.name(), one.value()))
            .toList());
  }

  @Override
  public String extensions() {
    return extensions;
  }

  @Override
  public void send(ByteBuffer bytes) {
    if (ended) {
      return;
    }
    ByteBuffer in = ByteBuffer.allocate(unread.remaining() + bytes.remaining());
    in.put(unread).put(bytes).flip();
    try {
      while (!ended && step(reader.next(in))) {
        // Each step has its effect.
      }
    } catch (WebSocketException e) {
      room(WebSocketWriter.MAX_CONTROL_FRAME_BYTES);
      writer.close(e.violation().closeCode(), e.violation().text(), out);
      ended = true;
    }
    unread = in;
  }

  private boolean step(MessageEvent event) {
    switch (event) {
      case NeedInput needInput -> {
        return false;
      }
      case Message message -> echo(message);
      case Ping ping -> {
        room(WebSocketWriter.MAX_CONTROL_FRAME_BYTES);
        writer.pong(ping.payload(), out);
      }
      case Pong pong -> {}
      case Close close -> {
        room(WebSocketWriter.MAX_CONTROL_FRAME_BYTES);
        writer.answerClose(close, out);
        ended = true;
      }
    }
    return true;
  }

  private void echo(Message message) {
    ByteBuffer payload = message.payload();
    PayloadForm form = PayloadForm.PLAIN;
    if (deflater.isPresent()) {
      ByteBuffer shorter = ByteBuffer.allocate(payload.remaining() + MessageDeflater.EXTRA_ROOM);
      if (deflater.get().message(payload, shorter) == MessageForm.COMPRESSED) {
        payload = shorter.flip();
        form = PayloadForm.COMPRESSED;
      }
    }
    room((int) writer.frameBytes(payload.remaining()));
    writer.message(message.kind(), form, payload, out);
  }

  private void room(int bytes) {
    if (out.remaining() < bytes) {
      out = ByteBuffer.allocate(2 * (out.position() + bytes)).put(out.flip());
    }
  }

  @Override
  public int receive(ByteBuffer into) {
    if (out.position() == 0) {
      if (ended) {
        return -1;
      }
      throw new AssertionError("nothing comes: the server waits for more");
    }
    out.flip();
    int count = Math.min(out.remaining(), into.remaining());
    into.put(out.slice(0, count));
    out.position(count);
    out.compact();
    return count;
  }

  @Override
  public void close() {
    inflater.ifPresent(MessageInflater::close);
    deflater.ifPresent(MessageDeflater::close);
  }
}
