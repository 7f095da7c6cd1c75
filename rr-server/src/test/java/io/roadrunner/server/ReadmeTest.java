package io.roadrunner.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.server.testkit.RawClient;
import io.roadrunner.server.testkit.TestServer;
import io.roadrunner.server.testkit.WsClient;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The servers in the READMEs and in docs/websocket.md compile as they stand there, and do what is
 * said.
 */
class ReadmeTest {

  private static final Pattern CLASS = Pattern.compile("(?s)```java\n([^`]*?class (\\w+) .*?)```");

  private static @TempDir Path classes;

  record Example(String name, String source) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Example> examples() throws IOException {
    return Stream.of("README.md", "../README.md", "../docs/websocket.md")
        .flatMap(ReadmeTest::examplesOf);
  }

  private static Stream<Example> examplesOf(String file) {
    try {
      return CLASS
          .matcher(Files.readString(Path.of(file)))
          .results()
          .map(match -> new Example(match.group(2), match.group(1)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void compile(Example example) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    JavaFileObject source =
        new SimpleJavaFileObject(
            URI.create("string:///" + example.name() + ".java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return example.source();
          }
        };
    StringWriter said = new StringWriter();
    List<String> options =
        List.of(
            "-Xlint:all,-path",
            "-Werror",
            "-proc:none",
            "-d",
            classes.toString(),
            "-cp",
            System.getProperty("java.class.path"));
    boolean good = compiler.getTask(said, null, null, options, null, List.of(source)).call();
    assertTrue(good, said::toString);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("examples")
  @DisplayName("An example compiles without a warning")
  void compiles(Example example) {
    compile(example);
  }

  @Test
  @DisplayName("There are examples to compile")
  void allAreFound() throws IOException {
    assertEquals(List.of("Notes", "Hello", "Echo", "Room"), examples().map(Example::name).toList());
  }

  @Test
  @DisplayName("The WebSockets of the guide do what is said")
  void talks() throws Exception {
    examples().filter(example -> !example.name().equals("Hello")).forEach(ReadmeTest::compile);
    URL[] path = {classes.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, getClass().getClassLoader())) {
      Field echo = loader.loadClass("Echo").getDeclaredField("ROUTES");
      echo.setAccessible(true);
      try (TestServer server = serving((Routes) echo.get(null));
          WsClient client = WsClient.open(server, "/ws")) {
        assertEquals("hello", client.text("hello").nextText());
      }
      Method room = loader.loadClass("Room").getDeclaredMethod("routes");
      room.setAccessible(true);
      try (TestServer server = serving((Routes) room.invoke(null));
          WsClient one = WsClient.open(server, "/room");
          WsClient other = WsClient.open(server, "/room")) {
        // Who hears an own message is a member.
        assertEquals("I am one", one.text("I am one").nextText());
        other.text("I am the other");
        assertEquals("I am the other", one.nextText());
      }
    }
  }

  @Test
  @DisplayName("The server of the README serves what it says")
  void serves() throws Exception {
    examples().filter(example -> example.name().equals("Notes")).forEach(ReadmeTest::compile);
    URL[] path = {classes.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, getClass().getClassLoader())) {
      Method start = loader.loadClass("Notes").getDeclaredMethod("start", int.class);
      start.setAccessible(true);
      try (Server server = (Server) start.invoke(null, 0);
          RawClient client = RawClient.connect(loopback(server.port()))) {
        client.send("GET /ready HTTP/1.1\r\nHost: x\r\n\r\n");
        assertEquals(204, client.answer().status());
        client.send("GET /notes/7 HTTP/1.1\r\nHost: x\r\n\r\n");
        assertEquals(401, client.answer().status());
        client.send("GET /notes/7 HTTP/1.1\r\nHost: x\r\nAuthorization: me\r\n\r\n");
        assertEquals("{\"id\":\"7\"}", client.answer().body());
        client.send("POST /notes/ HTTP/1.1\r\nHost: x\r\nAuthorization: me\r\n");
        client.send("Content-Length: 5\r\n\r\nhello");
        assertEquals("/notes/5", client.answer().header("location"));
      }
    }
  }

  private static TestServer serving(Routes routes) throws IOException {
    return TestServer.start(Routes.builder(), server -> server.routes(routes));
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}
