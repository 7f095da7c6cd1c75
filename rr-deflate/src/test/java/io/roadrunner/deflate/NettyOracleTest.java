package io.roadrunner.deflate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtension;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionData;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtension;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateClientExtensionHandshaker;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;
import io.roadrunner.deflate.Extension.Parameter;
import io.roadrunner.deflate.Negotiation.Accepted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Netty on the other end: it negotiates with us, and both read what the other one compressed. */
class NettyOracleTest {

  private static final int ANY_SIZE = 0;
  private static final DeflateLimits LIMITS = DeflateLimits.defaults();
  private static final NativeCodecs CODECS = NativeCodecs.unpooled();

  private static Extension fromNetty(WebSocketExtensionData data) {
    return new Extension(
        data.name(),
        data.parameters().entrySet().stream()
            .map(entry -> new Parameter(entry.getKey(), Optional.ofNullable(entry.getValue())))
            .toList());
  }

  @SuppressWarnings("NullAway") // Netty has null for a parameter without a value.
  private static WebSocketExtensionData toNetty(Extension extension) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (Parameter parameter : extension.parameters()) {
      parameters.put(parameter.name(), parameter.value().orElse(null));
    }
    return new WebSocketExtensionData(extension.name(), parameters);
  }

  @ParameterizedTest
  @CsvSource({
    "15, ALLOWED, 15, ALLOWED",
    "8,  ALLOWED, 15, ALLOWED",
    "9,  NONE,    15, ALLOWED",
    "12, ALLOWED, 15, NONE",
    "15, NONE,    15, NONE",
  })
  void nettyIsTheClient(
      int serverBits,
      ContextTakeover serverContext,
      int clientBits,
      ContextTakeover clientContext) {
    PerMessageDeflateClientExtensionHandshaker netty =
        new PerMessageDeflateClientExtensionHandshaker(
            6,
            true,
            serverBits,
            clientContext == ContextTakeover.NONE,
            serverContext == ContextTakeover.NONE,
            ANY_SIZE);
    DeflateConfig config =
        DeflateConfig.defaults().withClientWindowBits(clientBits).withClientContext(clientContext);
    Accepted accepted =
        assertInstanceOf(
            Accepted.class,
            PermessageDeflate.answer(List.of(fromNetty(netty.newRequestData())), config));
    assertEquals(
        new DeflateParameters(serverBits, clientBits, serverContext, clientContext),
        accepted.parameters());
    WebSocketExtension extension = netty.handshakeExtension(toNetty(accepted.element()));
    assertNotNull(extension);
    try (MessageDeflater deflater = MessageDeflater.server(accepted.parameters(), config, CODECS);
        MessageInflater inflater = MessageInflater.server(accepted.parameters(), LIMITS, CODECS)) {
      exchange(extension, deflater, inflater);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "15, ALLOWED, 15, ALLOWED",
    "15, ALLOWED, 8,  ALLOWED",
    "15, NONE,    9,  ALLOWED",
    "15, ALLOWED, 12, NONE",
    "15, NONE,    15, NONE",
  })
  void nettyIsTheServer(
      int serverBits,
      ContextTakeover serverContext,
      int clientBits,
      ContextTakeover clientContext) {
    PerMessageDeflateServerExtensionHandshaker netty =
        new PerMessageDeflateServerExtensionHandshaker(
            6, true, clientBits, true, clientContext == ContextTakeover.NONE, ANY_SIZE);
    DeflateConfig config =
        DeflateConfig.defaults()
            .withServerWindowBits(serverBits)
            .withServerContext(serverContext)
            .withClientContext(clientContext);
    WebSocketServerExtension extension =
        netty.handshakeExtension(toNetty(PermessageDeflate.offers(config).getFirst()));
    assertNotNull(extension);
    Accepted accepted =
        assertInstanceOf(
            Accepted.class,
            PermessageDeflate.accept(List.of(fromNetty(extension.newReponseData())), config));
    assertEquals(
        new DeflateParameters(serverBits, clientBits, serverContext, clientContext),
        accepted.parameters());
    try (MessageDeflater deflater = MessageDeflater.client(accepted.parameters(), config, CODECS);
        MessageInflater inflater = MessageInflater.client(accepted.parameters(), LIMITS, CODECS)) {
      exchange(extension, deflater, inflater);
    }
  }

  private static void exchange(
      WebSocketExtension netty, MessageDeflater deflater, MessageInflater inflater) {
    EmbeddedChannel reader = new EmbeddedChannel(netty.newExtensionDecoder());
    EmbeddedChannel writer = new EmbeddedChannel(netty.newExtensionEncoder());
    for (int size : new int[] {16, 0, 100, 100, 1000, 20000, 131072, 300}) {
      for (byte[] message : new byte[][] {Messages.text(size, 11), Messages.random(size, size)}) {
        byte[] payload = Messages.deflate(deflater, message);
        reader.writeInbound(
            new BinaryWebSocketFrame(
                true, WebSocketExtension.RSV1, Unpooled.wrappedBuffer(payload)));
        assertArrayEquals(message, content(reader.readInbound()));

        writer.writeOutbound(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(message)));
        assertArrayEquals(message, Messages.inflate(inflater, content(writer.readOutbound())));
      }
    }
    reader.finishAndReleaseAll();
    writer.finishAndReleaseAll();
  }

  private static byte[] content(BinaryWebSocketFrame frame) {
    try {
      return ByteBufUtil.getBytes(frame.content());
    } finally {
      frame.release();
    }
  }
}
