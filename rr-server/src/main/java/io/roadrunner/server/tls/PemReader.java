package io.roadrunner.server.tls;

import io.roadrunner.server.LogText;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;

/** Reads certificates and PKCS#8 keys (RFC 5958) from PEM files. */
final class PemReader {

  /** What the JDK calls the keys that can be used. */
  static final List<String> KEY_ALGORITHMS = List.of("EC", "RSA", "EdDSA");

  private PemReader() {}

  /**
   * Returns the certificates of a file, in their order.
   *
   * @throws IllegalArgumentException if there is none, or one makes no sense
   */
  static List<X509Certificate> certificates(String role, Path file) {
    PemFile pem = PemFile.read(role, file);
    List<X509Certificate> certificates = new ArrayList<>();
    for (PemFile.Block block : pem.blocks()) {
      if (block.label().equals("CERTIFICATE")) {
        certificates.add(certificate(pem.what(), block, certificates.size() + 1));
      }
    }
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException(
          pem.what() + ": no CERTIFICATE in it, only " + labels(pem));
    }
    return List.copyOf(certificates);
  }

  private static X509Certificate certificate(String what, PemFile.Block block, int number) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(block.bytes(what)));
    } catch (CertificateException e) {
      throw new IllegalArgumentException(
          what + ": certificate number " + number + " makes no sense", e);
    }
  }

  /**
   * Returns the only private key of a file.
   *
   * @throws IllegalArgumentException if there is none, or it is of a kind that cannot be read
   */
  static PrivateKey privateKey(String role, Path file) {
    PemFile pem = PemFile.read(role, file);
    for (PemFile.Block block : pem.blocks()) {
      switch (block.label()) {
        case "PRIVATE KEY" -> {
          return decode(pem.what(), block.bytes(pem.what()));
        }
        case "RSA PRIVATE KEY", "EC PRIVATE KEY" ->
            throw new IllegalArgumentException(
                pem.what()
                    + ": an "
                    + block.label()
                    + " is of an older form; convert it to PKCS#8 with"
                    + " openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW");
        case "ENCRYPTED PRIVATE KEY" ->
            throw new IllegalArgumentException(
                pem.what()
                    + ": the key is encrypted; use a KeyStore, or decrypt it with"
                    + " openssl pkcs8 -in OLD -out NEW");
        default -> {}
      }
    }
    throw new IllegalArgumentException(pem.what() + ": no PRIVATE KEY in it, only " + labels(pem));
  }

  private static PrivateKey decode(String what, byte[] pkcs8) {
    PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(pkcs8);
    for (String algorithm : KEY_ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException e) {
        // Of another algorithm, perhaps: tried next.
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("this JDK lacks " + algorithm, e);
      }
    }
    throw new IllegalArgumentException(
        what + ": no key of the kinds that can be used: RSA, EC, Ed25519");
  }

  private static String labels(PemFile pem) {
    return LogText.escape(
        String.join(", ", pem.blocks().stream().map(PemFile.Block::label).distinct().toList()));
  }
}
