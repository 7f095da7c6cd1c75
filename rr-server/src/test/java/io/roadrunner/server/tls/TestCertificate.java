package io.roadrunner.server.tls;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** A certificate and its key, made when a test needs them. */
public record TestCertificate(List<X509Certificate> chain, PrivateKey key) {

  private static final char[] PASSWORD = "secret".toCharArray();

  /** Returns a certificate signed by itself for those names, with a key of that algorithm. */
  public static TestCertificate selfSigned(String algorithm, String... names) {
    Issuer issuer =
        Issuer.selfSigned(
            names[0],
            List.of(names),
            Issuer.newKey(algorithm),
            Issuer.Role.END_ENTITY,
            Issuer.Term.aroundNow());
    return new TestCertificate(List.of(issuer.certificate()), issuer.key());
  }

  /** Returns a certificate signed by itself that is good between those times. */
  public static TestCertificate between(Instant from, Instant to, String... names) {
    Issuer issuer =
        Issuer.selfSigned(
            names[0],
            List.of(names),
            Issuer.newKey("EC"),
            Issuer.Role.END_ENTITY,
            new Issuer.Term(from, to));
    return new TestCertificate(List.of(issuer.certificate()), issuer.key());
  }

  /** Returns the certificate of somebody who vouches for others. */
  public static TestCertificate authority(String name) {
    Issuer issuer =
        Issuer.selfSigned(
            name, List.of(), Issuer.newKey("EC"), Issuer.Role.AUTHORITY, Issuer.Term.aroundNow());
    return new TestCertificate(List.of(issuer.certificate()), issuer.key());
  }

  /** Returns a certificate that this one vouches for. */
  public TestCertificate issue(String algorithm, String commonName, String... names) {
    KeyPair pair = Issuer.newKey(algorithm);
    X509Certificate own =
        new Issuer(certificate(), key).certify(commonName, List.of(names), pair.getPublic());
    return new TestCertificate(List.of(own, certificate()), pair.getPrivate());
  }

  /** Returns the certificate itself. */
  public X509Certificate certificate() {
    return chain.getFirst();
  }

  /** Writes the chain as PEM. */
  public Path chainFile(Path folder) throws IOException, GeneralSecurityException {
    StringBuilder text = new StringBuilder("what this is\n");
    for (X509Certificate certificate : chain) {
      text.append(pem("CERTIFICATE", certificate.getEncoded()));
    }
    return Files.writeString(Files.createTempFile(folder, "chain", ".pem"), text);
  }

  /** Writes the key as PEM. */
  public Path keyFile(Path folder) throws IOException {
    return Files.writeString(
        Files.createTempFile(folder, "key", ".pem"), pem("PRIVATE KEY", key.getEncoded()));
  }

  /** Returns a PEM block. */
  public static String pem(String label, byte[] der) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
  }

  /** Returns a KeyStore with this key, and the password "secret". */
  public KeyStore keyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("own", key, PASSWORD, chain.toArray(X509Certificate[]::new));
    return store;
  }

  /** Returns the context of a client that trusts these certificates, and shows none. */
  public static SSLContext trusting(X509Certificate... trusted)
      throws GeneralSecurityException, IOException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust(trusted).getTrustManagers(), null);
    return context;
  }

  /** Returns the context of a client that trusts every server, whatever its name. */
  public static SSLContext trustingAnybody() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Credulous()}, null);
    return context;
  }

  private static final class Credulous extends X509ExtendedTrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  /** Returns the context of a client that shows this certificate. */
  public SSLContext shownTo(X509Certificate... trusted)
      throws GeneralSecurityException, IOException {
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(keyStore(), PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trust(trusted).getTrustManagers(), null);
    return context;
  }

  private static TrustManagerFactory trust(X509Certificate... trusted)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (X509Certificate certificate : trusted) {
      store.setCertificateEntry(certificate.getSerialNumber().toString(), certificate);
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    return factory;
  }
}
