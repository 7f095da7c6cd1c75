package io.roadrunner.server.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.roadrunner.server.HttpVersion;
import io.roadrunner.server.Response;
import io.roadrunner.server.Routes;
import io.roadrunner.server.ServerBuilder;
import io.roadrunner.server.TlsConfig;
import io.roadrunner.server.testkit.TestServer;
import io.roadrunner.server.testkit.Tools;
import io.roadrunner.server.tls.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The conformance suite h2spec, with its strict cases: all of them, none failed, none left out. */
class H2SpecTest {

  private static final Path ARCHIVE = Path.of("target/h2spec/2.2.0/h2spec_linux_amd64.tar.gz");

  /** Some cases need more content than fits into a few octets of window. */
  private static final String PAGE = "a page of HTTP/2 ".repeat(100);

  private static final int CASES = 146;

  private static @TempDir Path folder;

  @BeforeAll
  static void unpack() throws Exception {
    String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    assumeTrue(
        platform.toLowerCase(Locale.ROOT).equals("linux amd64"),
        "h2spec was not run: its program is for Linux on amd64, this is " + platform);
    Tools.Result tar =
        Tools.run(
            "tar", "-xzf", ARCHIVE.toAbsolutePath().toString(), "-C", folder.toString(), "h2spec");
    assertEquals(0, tar.exit(), tar.output());
  }

  @Test
  void clearText() throws Exception {
    check(server -> server.protocols(HttpVersion.HTTP_2));
  }

  @Test
  void tls() throws Exception {
    TestCertificate own = TestCertificate.selfSigned("EC", "localhost", "127.0.0.1");
    TlsConfig tls = TlsConfig.pem(own.chainFile(folder), own.keyFile(folder));
    check(server -> server.tls(tls), "--tls", "--insecure");
  }

  private static void check(Consumer<ServerBuilder> protocols, String... options) throws Exception {
    Routes.Builder routes =
        Routes.builder()
            .get("/page", request -> Response.text(PAGE))
            .post("/page", request -> Response.bytes("text/plain", request.body().bytes()));
    Path report = folder.resolve("report.xml");
    try (TestServer server = TestServer.start(routes, protocols)) {
      List<String> command = new ArrayList<>();
      command.add(folder.resolve("h2spec").toString());
      command.addAll(List.of("--strict", "--timeout", "10", "--path", "/page"));
      command.addAll(List.of("--port", "" + server.port(), "--junit-report", report.toString()));
      command.addAll(List.of(options));
      Tools.Result run = Tools.run(command.toArray(String[]::new));
      assertTrue(Files.exists(report), run.output());
      Document parsed =
          DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile());
      assertEquals(List.of(), named(parsed, "failure", "error"), run.output());
      assertEquals(List.of(), named(parsed, "skipped"), run.output());
      assertEquals(CASES, parsed.getElementsByTagName("testcase").getLength(), run.output());
      assertEquals(0, run.exit(), run.output());
    }
  }

  /** Returns the cases that have one of these elements. */
  private static List<String> named(Document report, String... outcomes) {
    List<String> cases = new ArrayList<>();
    for (String outcome : outcomes) {
      NodeList found = report.getElementsByTagName(outcome);
      for (int i = 0; i < found.getLength(); i++) {
        Element test = (Element) found.item(i).getParentNode();
        cases.add(test.getAttribute("package") + " " + test.getAttribute("classname"));
      }
    }
    return cases;
  }
}
