package io.roadrunner.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The examples of docs/tls.md, to the letter. */
class TlsGuideTest {

  private static final Routes routes = Routes.builder().build();

  interface Example {
    Object run() throws Exception;
  }

  static List<Example> examples(char[] password, Request request, Server server) {
    return List.of(
        () -> {
          TlsConfig tls = TlsConfig.pem(Path.of("chain.pem"), Path.of("key.pem"));
          return Server.builder().port(8443).routes(routes).tls(tls).start();
        },
        () -> {
          TlsConfig tls = TlsConfig.keyStore(Path.of("store.p12"), password);
          return tls;
        },
        () -> {
          TlsConfig tls =
              TlsConfig.pem(Path.of("chain.pem"), Path.of("key.pem"))
                  .and(TlsConfig.pem(Path.of("other-chain.pem"), Path.of("other-key.pem")));
          return tls;
        },
        () -> {
          TlsConfig tls =
              TlsConfig.pem(Path.of("chain.pem"), Path.of("key.pem"))
                  .requireClientCertificate(Path.of("clients-ca.pem"));
          return tls;
        },
        () -> {
          String who =
              request.clientCertificates().stream()
                  .findFirst()
                  .map(certificate -> certificate.getSubjectX500Principal().getName())
                  .orElse("nobody");
          String suite = request.tls().map(TlsInfo::cipherSuite).orElse("clear text");
          return who + suite;
        },
        () -> {
          server.reloadTls(TlsConfig.pem(Path.of("chain.pem"), Path.of("key.pem")));
          return server;
        });
  }

  @Test
  void theExamplesCompile() throws Exception {
    Path sources = Path.of("src/test/java/io/roadrunner/server/TlsGuideTest.java");
    String own = Files.readString(sources).replace("return Server", "Server server = Server");
    boolean inside = false;
    int examples = 0;
    for (String line : Files.readAllLines(Path.of("../docs/tls.md"))) {
      if (line.startsWith("```")) {
        inside = line.equals("```java");
        examples += inside ? 1 : 0;
      } else if (inside) {
        assertTrue(own.contains(line.strip()), "not in " + sources + ": " + line);
      }
    }
    assertEquals(6, examples);
  }
}
