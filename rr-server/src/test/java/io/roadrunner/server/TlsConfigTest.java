package io.roadrunner.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.roadrunner.server.testkit.TestServer;
import io.roadrunner.server.testkit.TlsClient;
import io.roadrunner.server.tls.TestCertificate;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where certificates come from, and what is said when they cannot be used. */
class TlsConfigTest {

  private static final char[] SECRET = "secret".toCharArray();
  private static final TestCertificate OWN = TestCertificate.selfSigned("EC", "localhost");

  private @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "some", ".pem"), text);
  }

  private static String refused(TlsConfig config) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> TestServer.start(Routes.builder(), options -> options.tls(config)).close());
    return String.valueOf(e.getMessage());
  }

  private static void says(String expected, TlsConfig config) {
    String message = refused(config);
    assertTrue(message.contains(expected), message);
  }

  private static void serves(TlsConfig config) throws Exception {
    try (TestServer server =
            TestServer.start(
                Routes.builder().get("/", request -> Response.text("Hello")),
                options -> options.tls(config));
        TlsClient client =
            TlsClient.connect(server.port(), TestCertificate.trusting(OWN.certificate()))) {
      assertEquals("Hello", client.ask("/", "localhost").body());
    }
  }

  @Test
  void pemFilesAndKeyStoresServe() throws Exception {
    Path store = folder.resolve("store.p12");
    try (OutputStream out = Files.newOutputStream(store)) {
      OWN.keyStore().store(out, SECRET);
    }
    serves(TlsConfig.pem(OWN.chainFile(folder), OWN.keyFile(folder)));
    serves(TlsConfig.keyStore(store, SECRET));
    serves(TlsConfig.keyStore(OWN.keyStore(), SECRET));
  }

  @Test
  void linesOfPemMayEndInAnyWayAndOtherTextIsSkipped() throws Exception {
    Path chain = file("text\r\n" + Files.readString(OWN.chainFile(folder)).replace("\n", "\r\n"));
    Path key = file("text\n\n" + Files.readString(OWN.keyFile(folder)) + "more text");
    serves(TlsConfig.pem(chain, key));
  }

  @Test
  void missingFilesAreNamed() throws Exception {
    Path gone = folder.resolve("gone\n");
    Path chain = OWN.chainFile(folder);
    Path key = OWN.keyFile(folder);
    String path = LogText.escape(gone.toString());
    says(
        "TlsConfig.pem: certificate chain \"" + path + "\": there is no such file",
        TlsConfig.pem(gone, key));
    says(
        "TlsConfig.pem: private key \"" + path + "\": there is no such file",
        TlsConfig.pem(chain, gone));
    says(
        "TlsConfig.keyStore: KeyStore \"" + path + "\": there is no such file",
        TlsConfig.keyStore(gone, SECRET));
    says(
        "TlsConfig.requireClientCertificate: client authority \"" + path,
        TlsConfig.pem(chain, key).requireClientCertificate(gone));
    says(
        "TlsConfig.requestClientCertificate: client authority \"" + path,
        TlsConfig.pem(chain, key).requestClientCertificate(gone));
    says("cannot be read", TlsConfig.pem(folder, key));
  }

  @Test
  void chainsThatMakeNoSenseAreNamed() throws Exception {
    Path key = OWN.keyFile(folder);
    says("no PEM block", TlsConfig.pem(file(""), key));
    says("no CERTIFICATE in it, only PRIVATE KEY", TlsConfig.pem(key, key));
    says(
        "the block CERTIFICATE has no END line",
        TlsConfig.pem(file("-----BEGIN CERTIFICATE-----\nAAAA\n"), key));
    says(
        "the block CERTIFICATE is not base64",
        TlsConfig.pem(file(block("CERTIFICATE", "A%A")), key));
    says(
        "certificate number 1 makes no sense",
        TlsConfig.pem(file(block("CERTIFICATE", "AAAA")), key));
    says("too large", TlsConfig.pem(file("x".repeat((4 << 20) + 1)), key));
  }

  private static String block(String label, String content) {
    return "-----BEGIN " + label + "-----\n" + content + "\n-----END " + label + "-----\n";
  }

  @Test
  void keysThatCannotBeUsedAreNamed() throws Exception {
    Path chain = OWN.chainFile(folder);
    says("no PRIVATE KEY in it, only CERTIFICATE", TlsConfig.pem(chain, chain));
    says("openssl pkcs8 -topk8", TlsConfig.pem(chain, file(block("RSA PRIVATE KEY", "AAAA"))));
    says("openssl pkcs8 -topk8", TlsConfig.pem(chain, file(block("EC PRIVATE KEY", "AAAA"))));
    says("encrypted", TlsConfig.pem(chain, file(block("ENCRYPTED PRIVATE KEY", "AAAA"))));
    says("RSA, EC, Ed25519", TlsConfig.pem(chain, file(block("PRIVATE KEY", "AAAA"))));
    Path dsa =
        file(
            TestCertificate.pem(
                "PRIVATE KEY",
                KeyPairGenerator.getInstance("X25519")
                    .generateKeyPair()
                    .getPrivate()
                    .getEncoded()));
    says("RSA, EC, Ed25519", TlsConfig.pem(chain, dsa));
  }

  @Test
  void aKeyOfAnotherCertificateIsNoticed() throws Exception {
    TestCertificate other = TestCertificate.selfSigned("EC", "localhost");
    TestCertificate ed = TestCertificate.selfSigned("Ed25519", "localhost");
    says(
        "does not match the certificate",
        TlsConfig.pem(OWN.chainFile(folder), other.keyFile(folder)));
    says(
        "does not match the certificate", TlsConfig.pem(OWN.chainFile(folder), ed.keyFile(folder)));
    TestCertificate issued = TestCertificate.authority("An authority").issue("EC", "localhost");
    TestCertificate turned = new TestCertificate(issued.chain().reversed(), issued.key());
    says(
        "the server's own must come first",
        TlsConfig.pem(turned.chainFile(folder), turned.keyFile(folder)));
  }

  @Test
  void timeIsLookedAt() throws Exception {
    Instant now = Instant.now();
    TestCertificate old =
        TestCertificate.between(now.minusSeconds(7200), now.minusSeconds(3600), "localhost");
    TestCertificate early =
        TestCertificate.between(now.plusSeconds(3600), now.plusSeconds(7200), "localhost");
    says(
        "the certificate of CN=localhost has expired at ",
        TlsConfig.pem(old.chainFile(folder), old.keyFile(folder)));
    says(
        "the certificate of CN=localhost is valid only from ",
        TlsConfig.keyStore(early.keyStore(), SECRET));
  }

  @Test
  void keyStoresThatCannotBeUsedAreNamed() throws Exception {
    Path store = folder.resolve("store.p12");
    try (OutputStream out = Files.newOutputStream(store)) {
      OWN.keyStore().store(out, SECRET);
    }
    String wrong = refused(TlsConfig.keyStore(store, "wr0ng".toCharArray()));
    assertTrue(wrong.contains("perhaps the password is wrong"), wrong);
    assertFalse(wrong.contains("wr0ng"), wrong);
    says("no KeyStore that this JDK can read", TlsConfig.keyStore(file("x"), SECRET));
    says("no private key in it", TlsConfig.keyStore(empty(), SECRET));
    says("it has not been loaded", TlsConfig.keyStore(KeyStore.getInstance("PKCS12"), SECRET));
    says(
        "the password does not open its keys",
        TlsConfig.keyStore(OWN.keyStore(), "wrong".toCharArray()));
    KeyStore trusted = empty();
    trusted.setCertificateEntry("somebody", OWN.certificate());
    says("no private key in it", TlsConfig.keyStore(trusted, SECRET));
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  @Test
  void aKeyOfAnotherKindInAKeyStoreIsNamed() throws Exception {
    KeyStore store = empty();
    store.setKeyEntry(
        "agreement",
        KeyPairGenerator.getInstance("X25519").generateKeyPair().getPrivate(),
        SECRET,
        new Certificate[] {OWN.certificate()});
    String message = refused(TlsConfig.keyStore(store, SECRET));
    assertTrue(message.contains("the key \"agreement\""), message);
  }

  @Test
  void numbersMustMakeSense() {
    TlsConfig config = TlsConfig.selfSigned("localhost");
    for (Duration bad : new Duration[] {Duration.ZERO, Duration.ofSeconds(-1)}) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> config.handshakeTimeout(bad));
      assertTrue(String.valueOf(e.getMessage()).contains("handshakeTimeout"));
    }
    assertThrows(IllegalArgumentException.class, () -> config.maxConcurrentHandshakes(0));
    assertThrows(IllegalArgumentException.class, () -> config.handshakeThreads(0));
    config.handshakeTimeout(Duration.ofNanos(1)).maxConcurrentHandshakes(1).handshakeThreads(1);
  }

  @Test
  void selfSignedNeedsNames() {
    assertThrows(IllegalArgumentException.class, TlsConfig::selfSigned);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "\u00e4.test", "a\n"})
  void selfSignedNeedsNamesThatAreSome(String name) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> TlsConfig.selfSigned("localhost", name));
    assertTrue(String.valueOf(e.getMessage()).startsWith("selfSigned: no host name or IP"));
  }
}
