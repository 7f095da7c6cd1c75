package io.roadrunner.server.websocket;

import io.roadrunner.conformance.Effort;
import io.roadrunner.conformance.WebSocketConformance;
import io.roadrunner.deflate.DeflateConfig;
import io.roadrunner.deflate.DeflateLimits;
import io.roadrunner.server.Response;
import io.roadrunner.server.Route;
import io.roadrunner.server.Routes;
import io.roadrunner.server.WebSocketHandler;
import io.roadrunner.server.WebSocketOptions;
import io.roadrunner.server.WebSocketSession;
import io.roadrunner.server.testkit.TestServer;
import io.roadrunner.websocket.MessageKind;
import io.roadrunner.websocket.WebSocketLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The conformance suite against the server, over sockets. */
class WebSocketConformanceTest {

  private static final int LARGEST = 64 << 20;

  private static TestServer server;

  /** Sends messages back as they came. */
  private static final class Echo implements WebSocketHandler {
    @Override
    public void message(WebSocketSession session, MessageKind kind, ByteBuffer payload)
        throws IOException {
      session.send(kind, payload);
    }
  }

  @BeforeAll
  static void start() throws IOException {
    WebSocketOptions options =
        WebSocketOptions.builder()
            .limits(
                WebSocketLimits.defaults().withMaxFrameBytes(LARGEST).withMaxMessageBytes(LARGEST))
            .inflation(DeflateLimits.defaults().withMaxMessageBytes(LARGEST))
            .compression(DeflateConfig.defaults())
            .build();
    Route route = Route.get("/inline", request -> Response.webSocket(options, new Echo()));
    server =
        TestServer.start(
            Routes.builder()
                .add(route.inline())
                .get("/virtual", request -> Response.webSocket(options, new Echo())));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @TestFactory
  @DisplayName("W04-W08, W11, W12, D02-D04 inline: the light cases")
  Stream<DynamicTest> inline() {
    return cases(Effort.LIGHT, "/inline");
  }

  @TestFactory
  @DisplayName("W04-W08, W11, W12, D02-D04 on virtual threads: the light cases")
  Stream<DynamicTest> virtual() {
    return cases(Effort.LIGHT, "/virtual");
  }

  @TestFactory
  @Tag("conformance")
  Stream<DynamicTest> heavyInline() {
    return cases(Effort.HEAVY, "/inline");
  }

  @TestFactory
  @Tag("conformance")
  Stream<DynamicTest> heavyVirtual() {
    return cases(Effort.HEAVY, "/virtual");
  }

  private static Stream<DynamicTest> cases(Effort effort, String path) {
    return WebSocketConformance.cases(effort).stream()
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.toString(),
                    () ->
                        one.run(
                            offers ->
                                SocketEcho.connect(server.server().address(), path, offers))));
  }
}
