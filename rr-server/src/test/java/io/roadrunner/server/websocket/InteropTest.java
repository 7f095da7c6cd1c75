package io.roadrunner.server.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.roadrunner.deflate.DeflateConfig;
import io.roadrunner.server.Response;
import io.roadrunner.server.Route;
import io.roadrunner.server.Routes;
import io.roadrunner.server.WebSocketHandler;
import io.roadrunner.server.WebSocketOptions;
import io.roadrunner.server.WebSocketSession;
import io.roadrunner.server.testkit.TestServer;
import io.roadrunner.server.testkit.Wait;
import io.roadrunner.websocket.MessageKind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients of other makers. */
class InteropTest {

  private static final Path FOLDER = Path.of("target", "node-ws");

  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    WebSocketOptions options =
        WebSocketOptions.builder()
            .compression(DeflateConfig.defaults())
            .subprotocols("chat")
            .build();
    WebSocketHandler echo =
        new WebSocketHandler() {
          @Override
          public void message(WebSocketSession session, MessageKind kind, ByteBuffer payload)
              throws IOException {
            session.send(kind, payload);
          }
        };
    server =
        TestServer.start(
            Routes.builder()
                .add(Route.get("/ws", request -> Response.webSocket(options, echo)).inline()));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Notes what it hears. */
  private static final class Listener implements WebSocket.Listener {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private int bytes;

    String next() throws InterruptedException {
      String next = heard.poll(Wait.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (next == null) {
        throw new AssertionError("nothing was heard");
      }
      return next;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        heard.add(text.toString());
        text.setLength(0);
      }
      return WebSocket.Listener.super.onText(socket, data, last);
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      bytes += data.remaining();
      if (last) {
        heard.add("binary " + bytes);
        bytes = 0;
      }
      return WebSocket.Listener.super.onBinary(socket, data, last);
    }

    @Override
    public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
      heard.add("pong " + StandardCharsets.UTF_8.decode(message));
      return WebSocket.Listener.super.onPong(socket, message);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      heard.add("close " + code);
      return WebSocket.Listener.super.onClose(socket, code, reason);
    }
  }

  @Test
  void theClientOfTheJdk() throws Exception {
    Listener listener = new Listener();
    try (HttpClient http = HttpClient.newHttpClient()) {
      WebSocket socket =
          http.newWebSocketBuilder()
              .subprotocols("chat")
              .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + "/ws"), listener)
              .get(10, TimeUnit.SECONDS);
      assertEquals("chat", socket.getSubprotocol());
      String text = "grüß dich ".repeat(20_000);
      socket.sendText(text, true).get(10, TimeUnit.SECONDS);
      assertEquals(text, listener.next());
      socket.sendBinary(ByteBuffer.allocate(70_000), false).get(10, TimeUnit.SECONDS);
      socket.sendBinary(ByteBuffer.allocate(1), true).get(10, TimeUnit.SECONDS);
      assertEquals("binary 70001", listener.next());
      socket.sendPing(ByteBuffer.wrap(new byte[] {'p'})).get(10, TimeUnit.SECONDS);
      assertEquals("pong p", listener.next());
      socket.sendClose(4000, "done").get(10, TimeUnit.SECONDS);
      assertEquals("close 4000", listener.next());
    }
  }

  private static final String SCRIPT =
      """
      const WebSocket = require("ws");
      const text = "compress me, ".repeat(10000);
      const socket = new WebSocket(process.argv[2], ["chat"]);
      const heard = [];
      socket.on("open", () => {
        console.log("open " + socket.protocol + " " + socket.extensions);
        socket.send("short");
        socket.send(text);
        socket.send(text);
        socket.send(Buffer.alloc(100000));
        socket.ping("p");
      });
      socket.on("message", (data, binary) => {
        heard.push(binary ? "binary " + data.length : String(data) === text ? "text" : String(data));
        if (heard.length === 4) {
          console.log(heard.join(", "));
          socket.close(4001, "done");
        }
      });
      socket.on("pong", data => console.log("pong " + data));
      socket.on("close", code => console.log("close " + code));
      socket.on("error", error => console.log("error " + error.message));
      """;

  @Test
  void theClientOfNode() throws Exception {
    assumeTrue(hasWs(), "node, npm or its package ws is not installed");
    Path script = Files.writeString(FOLDER.resolve("client.js"), SCRIPT);
    String url = "ws://127.0.0.1:" + server.port() + "/ws";
    String said = run("node", script.toAbsolutePath().toString(), url);
    assertTrue(said.contains("open chat permessage-deflate"), said);
    assertTrue(said.contains("short, text, text, binary 100000"), said);
    assertTrue(said.contains("pong p"), said);
    assertTrue(said.contains("close 4001"), said);
  }

  private static boolean hasWs() throws Exception {
    Files.createDirectories(FOLDER);
    if (Files.exists(FOLDER.resolve("node_modules/ws/package.json"))) {
      return true;
    }
    try {
      run("npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--no-save", "ws");
    } catch (IOException e) {
      return false;
    }
    return Files.exists(FOLDER.resolve("node_modules/ws/package.json"));
  }

  private static String run(String... command) throws Exception {
    Path output = Files.createTempFile("interop", ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(FOLDER.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new AssertionError("it hangs: " + Files.readString(output));
      }
      return Files.readString(output);
    } finally {
      process.destroyForcibly();
      Files.delete(output);
    }
  }
}
