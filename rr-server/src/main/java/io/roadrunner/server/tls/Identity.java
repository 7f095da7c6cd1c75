package io.roadrunner.server.tls;

import io.roadrunner.server.LogText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.Certificate;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A certificate with its key, as a server shows it.
 *
 * @param chain the server's own certificate first, then those that vouch for it
 * @param key of the first certificate
 * @param names whom the first certificate speaks for
 */
public record Identity(List<X509Certificate> chain, PrivateKey key, CertificateNames names) {

  private static final byte[] SAMPLE = {'r', 'o', 'a', 'd'};

  private static Identity of(String what, List<X509Certificate> chain, PrivateKey key) {
    if (chain.isEmpty()) {
      throw new IllegalArgumentException(what + " has no certificate");
    }
    checkKind(what, key);
    PublicKey certified = chain.getFirst().getPublicKey();
    if (!key.getAlgorithm().equals(certified.getAlgorithm()) || !areAPair(key, certified)) {
      boolean order = chain.stream().anyMatch(c -> areAPair(key, c.getPublicKey()));
      throw new IllegalArgumentException(
          what
              + (order
                  ? " does not match the first certificate of the chain, but a later one:"
                      + " the server's own must come first"
                  : " does not match the certificate"));
    }
    checkTime(chain.getFirst());
    return new Identity(List.copyOf(chain), key, CertificateNames.of(chain.getFirst()));
  }

  private static void checkKind(String what, PrivateKey key) {
    if (!PemReader.KEY_ALGORITHMS.contains(key.getAlgorithm())) {
      throw new IllegalArgumentException(
          what + " is of " + key.getAlgorithm() + ", but has to be of RSA, EC or Ed25519");
    }
  }

  /** No client would take it. */
  private static void checkTime(X509Certificate certificate) {
    String who =
        "the certificate of " + LogText.escape(certificate.getSubjectX500Principal().getName());
    try {
      certificate.checkValidity();
    } catch (CertificateExpiredException e) {
      throw new IllegalArgumentException(
          who + " has expired at " + certificate.getNotAfter().toInstant(), e);
    } catch (CertificateNotYetValidException e) {
      throw new IllegalArgumentException(
          who + " is valid only from " + certificate.getNotBefore().toInstant() + " on", e);
    }
  }

  /**
   * Reads PEM files.
   *
   * @throws IllegalArgumentException saying which file is at fault
   */
  public static Identity ofPem(Path chain, Path key) {
    List<X509Certificate> certificates = PemReader.certificates("certificate chain", chain);
    return of(
        PemFile.describe("private key", key),
        certificates,
        PemReader.privateKey("private key", key));
  }

  /**
   * Returns all keys of a KeyStore, in the order of its aliases.
   *
   * @param what the KeyStore, for messages
   * @throws IllegalArgumentException if there is none, or the password opens one of them not
   */
  public static List<Identity> ofKeyStore(String what, KeyStore store, char[] password) {
    List<Identity> identities = new ArrayList<>();
    try {
      for (String alias : Collections.list(store.aliases())) {
        if (store.getKey(alias, password) instanceof PrivateKey key) {
          String which = what + ": the key \"" + LogText.escape(alias) + "\"";
          identities.add(of(which, chain(store.getCertificateChain(alias)), key));
        }
      }
    } catch (KeyStoreException e) {
      throw new IllegalArgumentException(what + ": it has not been loaded", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(what + ": the password does not open its keys", e);
    }
    if (identities.isEmpty()) {
      throw new IllegalArgumentException(what + ": no private key in it");
    }
    return identities;
  }

  /**
   * Returns all keys of a KeyStore file, in the order of its aliases.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static List<Identity> ofKeyStoreFile(Path file, char[] password) {
    String what = PemFile.describe("KeyStore", file);
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(what + ": there is no such file");
    }
    try {
      return ofKeyStore(what, KeyStore.getInstance(file.toFile(), password), password);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(what + ": no KeyStore that this JDK can read", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          what + ": cannot be opened, perhaps the password is wrong (" + e.getMessage() + ")", e);
    }
  }

  private static List<X509Certificate> chain(Certificate @Nullable [] certificates) {
    List<X509Certificate> chain = new ArrayList<>();
    if (certificates == null) {
      return chain;
    }
    for (Certificate certificate : certificates) {
      chain.add((X509Certificate) certificate);
    }
    return chain;
  }

  /** Returns a certificate made on the spot that nobody vouches for. */
  public static Identity selfSigned(List<String> names) {
    Issuer issuer = Issuer.selfSigned(names.getFirst(), names);
    return of("the key made on the spot", List.of(issuer.certificate()), issuer.key());
  }

  private static boolean areAPair(PrivateKey key, PublicKey certified) {
    try {
      Signature signature = Signature.getInstance(Issuer.signatureOf(key));
      signature.initSign(key);
      signature.update(SAMPLE);
      byte[] signed = signature.sign();
      signature.initVerify(certified);
      signature.update(SAMPLE);
      return signature.verify(signed);
    } catch (InvalidKeyException | SignatureException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK lacks a signature algorithm", e);
    }
  }
}
