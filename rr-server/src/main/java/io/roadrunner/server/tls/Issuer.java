package io.roadrunner.server.tls;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A certificate and its key, with which it can sign further ones (RFC 5280): for trying things out,
 * since nobody else vouches for it.
 *
 * @param certificate of the issuer
 * @param key of the issuer
 */
record Issuer(X509Certificate certificate, PrivateKey key) {

  private static final int SERIAL_BITS = 120;

  private static final int VERSION_3 = 2;
  private static final int DNS_NAME = 0x82;
  private static final int IP_ADDRESS = 0x87;
  private static final int EXTENSIONS = 0xa3;
  private static final int VERSION = 0xa0;

  private static final byte[] COMMON_NAME = Der.oid(2, 5, 4, 3);
  private static final byte[] ALTERNATIVE_NAMES = Der.oid(2, 5, 29, 17);
  private static final byte[] BASIC_CONSTRAINTS = Der.oid(2, 5, 29, 19);

  /** Whether a certificate may vouch for others (RFC 5280 §4.2.1.9). */
  enum Role {
    AUTHORITY,
    END_ENTITY
  }

  /** From when to when a certificate is good. */
  record Term(Instant from, Instant to) {

    private static final Duration PAST = Duration.ofDays(1);
    private static final Duration FUTURE = Duration.ofDays(30);

    /** Returns one that is long enough for trying things out; clocks may differ by a day. */
    static Term aroundNow() {
      Instant now = Instant.now();
      return new Term(now.minus(PAST), now.plus(FUTURE));
    }
  }

  /** Returns a new P-256 key with a certificate signed by itself. */
  static Issuer selfSigned(String commonName, List<String> names) {
    KeyPair pair = newKey("EC");
    return selfSigned(commonName, names, pair, Role.END_ENTITY, Term.aroundNow());
  }

  static Issuer selfSigned(
      String commonName, List<String> names, KeyPair pair, Role role, Term term) {
    byte[] name = distinguishedName(commonName);
    byte[] body = body(name, name, names, pair.getPublic(), role, term, pair.getPrivate());
    return new Issuer(signed(body, pair.getPrivate()), pair.getPrivate());
  }

  /** Returns a certificate for another key, signed by this one. */
  X509Certificate certify(String commonName, List<String> names, PublicKey subject) {
    byte[] issuer = certificate.getSubjectX500Principal().getEncoded();
    byte[] name = distinguishedName(commonName);
    return signed(body(issuer, name, names, subject, Role.END_ENTITY, Term.aroundNow(), key), key);
  }

  static KeyPair newKey(String algorithm) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (algorithm.equals("EC")) {
        generator.initialize(new ECGenParameterSpec("secp256r1"));
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK makes no keys of " + algorithm, e);
    }
  }

  /** Returns the name of the signature algorithm that goes with a key. */
  static String signatureOf(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "EC" -> "SHA256withECDSA";
      case "RSA" -> "SHA256withRSA";
      default -> "EdDSA";
    };
  }

  private static byte[] signatureId(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "EC" -> Der.sequence(Der.oid(1, 2, 840, 10045, 4, 3, 2));
      case "RSA" -> Der.sequence(Der.oid(1, 2, 840, 113549, 1, 1, 11), Der.none());
      default -> Der.sequence(Der.oid(1, 3, 101, 112));
    };
  }

  /** RFC 5280 §4.1: TBSCertificate. */
  private static byte[] body(
      byte[] issuer,
      byte[] subject,
      List<String> names,
      PublicKey key,
      Role role,
      Term term,
      PrivateKey signing) {
    return Der.sequence(
        Der.tagged(VERSION, Der.integer(BigInteger.valueOf(VERSION_3))),
        Der.integer(new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS)),
        signatureId(signing),
        issuer,
        Der.sequence(Der.time(term.from()), Der.time(term.to())),
        subject,
        key.getEncoded(),
        Der.tagged(EXTENSIONS, Der.sequence(extensions(names, role))));
  }

  private static byte[] extensions(List<String> names, Role role) {
    byte[] constraints = role == Role.AUTHORITY ? Der.sequence(Der.yes()) : Der.sequence();
    byte[] basic = Der.sequence(BASIC_CONSTRAINTS, Der.yes(), Der.octets(constraints));
    if (names.isEmpty()) {
      return basic;
    }
    byte[] list = Der.sequence(names.stream().map(Issuer::alternativeName).toArray(byte[][]::new));
    return Der.joined(basic, Der.sequence(ALTERNATIVE_NAMES, Der.octets(list)));
  }

  private static byte[] alternativeName(String name) {
    try {
      return Der.tagged(IP_ADDRESS, InetAddress.ofLiteral(name).getAddress());
    } catch (IllegalArgumentException e) {
      return Der.tagged(DNS_NAME, name.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static byte[] distinguishedName(String commonName) {
    return Der.sequence(Der.set(Der.sequence(COMMON_NAME, Der.text(commonName))));
  }

  private static X509Certificate signed(byte[] body, PrivateKey key) {
    try {
      Signature signature = Signature.getInstance(signatureOf(key));
      signature.initSign(key);
      signature.update(body);
      byte[] der = Der.sequence(body, signatureId(key), Der.bits(signature.sign()));
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate could not be made", e);
    }
  }
}
