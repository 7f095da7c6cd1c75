package io.roadrunner.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.roadrunner.server.Server;
import io.roadrunner.server.ServerBuilder;
import io.roadrunner.server.TlsConfig;
import io.roadrunner.server.testkit.Browser;
import io.roadrunner.server.testkit.TlsClient;
import io.roadrunner.server.testkit.WsClient;
import io.roadrunner.server.tls.TestCertificate;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chat page as people see it, in a real browser, which talks to somebody at a socket. */
class ChatPageTest {

  private @TempDir Path profile;

  @BeforeAll
  static void needsBrowser() {
    assumeTrue(Browser.isInstalled(), "chromium or chromedriver is not installed");
  }

  private static ServerBuilder builder() {
    ServeOptions options = ServeOptions.defaults();
    LiveStatus status =
        new LiveStatus(
            "test",
            () -> {
              throw new IllegalStateException("nobody asks");
            });
    return Server.builder().host("127.0.0.1").port(0).routes(ServePages.routes(options, status));
  }

  @Test
  void overClearText() throws Exception {
    try (Server server = builder().start()) {
      chat("http://localhost:" + server.port(), WsClient.socket(server.address()));
    }
  }

  @Test
  void overTls() throws Exception {
    TestCertificate own = TestCertificate.selfSigned("EC", "localhost");
    TlsConfig tls = TlsConfig.pem(own.chainFile(profile), own.keyFile(profile));
    try (Server server = builder().tls(tls).start();
        TlsClient other =
            TlsClient.connect(server.port(), TestCertificate.trusting(own.certificate()))) {
      chat("https://localhost:" + server.port(), other.socket());
    }
  }

  private void chat(String origin, Socket socket) throws Exception {
    byte[] handshake = WsClient.handshake("/ws/chat").getBytes(StandardCharsets.US_ASCII);
    try (Browser browser = Browser.start(profile.resolve("profile"));
        WsClient other = WsClient.open(socket, handshake)) {
      browser.open(origin + "/chat");
      type(browser, "Ada <b>");
      seen(browser, "Ada <b> has joined");
      other.text("Grace");
      assertEquals(
          "{\"what\":\"joined\",\"name\":\"Grace\",\"text\":\"\",\"people\":2}", other.nextText());
      seen(browser, "Grace has joined");
      browser.await("document.getElementById('state').innerText === '2 people are here'");
      type(browser, "Hello, <i>Grace</i> & all");
      assertTrue(other.nextText().contains("\"text\":\"Hello, <i>Grace</i> & all\""));
      other.text("hi \\ \"Ada\"\n\u2764");
      seen(browser, "hi \\\\ \"Ada\"\\n\u2764");
      // What people type is text to everybody, never markup.
      assertEquals("0", browser.run("return document.querySelectorAll('#log i').length"));
      assertEquals("1", browser.run("return document.querySelectorAll('#log .own').length"));
      other.close(1000, "");
      seen(browser, "Grace has left");
    }
  }

  private static void type(Browser browser, String text) throws Exception {
    browser.await("!document.getElementById('send').disabled");
    browser.run(
        "document.getElementById('text').value = '%s'; document.getElementById('send').click();"
            .formatted(text));
  }

  private static void seen(Browser browser, String text) throws Exception {
    browser.await("document.getElementById('log').innerText.includes('" + text + "')");
  }
}
