package io.roadrunner.server.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.server.Server;
import io.roadrunner.server.testkit.WsClient;
import io.roadrunner.server.tls.TestCertificate;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServeTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Serve serve =
      new Serve(
          new PrintStream(out, true, StandardCharsets.UTF_8),
          new PrintStream(err, true, StandardCharsets.UTF_8));

  private int run(String... arguments) {
    return serve.run(List.of(arguments), Server::close);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--port x        | --port must be a number from 0 to 65535, not \"x\"",
        "--port 65536    | --port must be a number from 0 to 65535, not \"65536\"",
        "--port +1       | --port must be a number from 0 to 65535, not \"+1\"",
        "--port          | --port needs a value",
        "--port --host   | --port needs a value",
        "--port=         | --port needs a value",
        "--port=1 --port 2 | --port is given twice",
        "--what          | unknown option \"--what\"",
        "what            | unexpected argument \"what\"",
        "--tls --tls     | --tls is given twice",
        "--tls=yes       | unknown option \"--tls\"",
        "--protocols h3  | --protocols must be h1, h2 or h1,h2, not \"h3\"",
        "--root /no/such | --root is no directory: \"/no/such\"",
      })
  void badOptionsAreOneLineAndExitCode2(String arguments, String why) {
    assertEquals(2, run(arguments.split(" ", -1)));

    assertTrue(
        err.toString(StandardCharsets.UTF_8).startsWith("rr serve: " + why),
        err.toString(StandardCharsets.UTF_8));
    assertEquals(1, err.toString(StandardCharsets.UTF_8).lines().count());
    assertEquals(0, out.size());
  }

  @Test
  void helpAndVersionAreExitCode0() {
    assertEquals(0, run("--help"));
    assertTrue(out.toString(StandardCharsets.UTF_8).startsWith("usage: rr serve"));
    assertEquals(0, run("--version"));
    assertTrue(out.toString(StandardCharsets.UTF_8).contains("Roadrunner "));
    assertEquals(0, err.size());
  }

  @Test
  void aPortInUseIsOneLineAndExitCode1() {
    AtomicReference<Integer> code = new AtomicReference<>(-1);
    int first =
        serve.run(
            List.of("--port", "0"),
            server -> {
              code.set(run("--port", Integer.toString(server.port())));
              server.close();
            });

    assertEquals(0, first);
    assertEquals(1, code.get());
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("cannot listen on 127.0.0.1 port "));
    assertEquals(1, err.toString(StandardCharsets.UTF_8).lines().count());
  }

  @Test
  void pagesAnswerAndADrainSaysHowItWent(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("a.txt"), "a file");
    AtomicReference<Server> started = new AtomicReference<>();
    assertEquals(0, serve.run(List.of("--port=0", "--root", folder.toString()), started::set));
    Server server = started.get();
    String big = "0123456789".repeat(10_000);

    try (HttpClient client = HttpClient.newHttpClient()) {
      assertEquals("Hello, World!", get(client, server, "/hello"));
      assertEquals("Hello, World!", get(client, server, "/plain"));
      assertEquals("a file", get(client, server, "/a.txt"));
      assertEquals(10, get(client, server, "/stream").lines().count());
      assertTrue(get(client, server, "/status.json").contains("\"requests\":"));
      assertTrue(get(client, server, "/").contains("up and running"));
      assertTrue(get(client, server, "/status").contains("127.0.0.1:" + server.port()));
      assertEquals("small", echo(client, server, "small"));
      assertEquals(big, echo(client, server, big));
    }
    serve.drain(server);

    assertTrue(out.toString(StandardCharsets.UTF_8).contains("drained in "));
  }

  @Test
  void webSocketsEcho() throws Exception {
    AtomicReference<Server> started = new AtomicReference<>();
    assertEquals(0, serve.run(List.of("--port=0"), started::set));
    byte[] request = WsClient.handshake("/ws/echo").getBytes(StandardCharsets.US_ASCII);
    try (Server server = started.get();
        WsClient client = WsClient.open(WsClient.socket(server.address()), request)) {
      assertEquals("there and back", client.text("there and back").nextText());
      assertArrayEquals(new byte[] {1, 2}, client.binary(new byte[] {1, 2}).nextBinary());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'h1,h2', HTTP_2, HTTP_2",
    "h2, HTTP_2, HTTP_2",
    "h1, HTTP_2, HTTP_1_1",
    "'h2,h1', HTTP_1_1, HTTP_1_1"
  })
  void tlsNeedsNoFiles(String protocols, HttpClient.Version wanted, HttpClient.Version spoken)
      throws Exception {
    AtomicReference<Server> started = new AtomicReference<>();
    List<String> arguments =
        List.of("--tls", "--port", "0", "--host", "127.0.0.1", "--protocols", protocols);
    assertEquals(0, serve.run(arguments, started::set));
    Server server = started.get();
    SSLContext anything = TestCertificate.trustingAnybody();

    try (HttpClient client = HttpClient.newBuilder().version(wanted).sslContext(anything).build()) {
      URI uri = URI.create("https://127.0.0.1:" + server.port() + "/hello");
      HttpResponse<String> answer =
          client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
      assertEquals("Hello, World!", answer.body());
      assertEquals(spoken, answer.version());
    } finally {
      server.close();
    }

    assertTrue(out.toString(StandardCharsets.UTF_8).contains("serves at https://127.0.0.1:"));
  }

  private static URI uri(Server server, String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  private static String get(HttpClient client, Server server, String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(uri(server, path)).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private static String echo(HttpClient client, Server server, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri(server, "/echo"))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
