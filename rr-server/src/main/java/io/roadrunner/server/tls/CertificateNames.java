package io.roadrunner.server.tls;

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whom a certificate speaks for (RFC 9525 §6.3): the DNS names and addresses among its subject
 * alternative names, and nothing else; the common name is not looked at.
 *
 * @param exact host names in lower case
 * @param wildcards what follows {@code *} in names such as {@code *.example.org}, in lower case
 * @param addresses IP addresses
 */
public record CertificateNames(
    Set<String> exact, Set<String> wildcards, Set<InetAddress> addresses) {

  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  /** Returns the names of a certificate; none if it has an extension that makes no sense. */
  public static CertificateNames of(X509Certificate certificate) {
    Set<String> exact = new HashSet<>();
    Set<String> wildcards = new HashSet<>();
    Set<InetAddress> addresses = new HashSet<>();
    for (List<?> name : alternativeNames(certificate)) {
      if (name.get(0).equals(DNS_NAME)) {
        String dns = lowerCase(String.valueOf(name.get(1)));
        if (dns.startsWith("*.")) {
          wildcards.add(dns.substring(1));
        } else {
          exact.add(dns);
        }
      } else if (name.get(0).equals(IP_ADDRESS)) {
        addresses.add(InetAddress.ofLiteral(String.valueOf(name.get(1))));
      }
    }
    return new CertificateNames(Set.copyOf(exact), Set.copyOf(wildcards), Set.copyOf(addresses));
  }

  private static Collection<List<?>> alternativeNames(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null ? List.of() : names;
    } catch (CertificateParsingException e) {
      return List.of();
    }
  }

  /** Tells whether one of the names is that host itself. */
  boolean namesExactly(String host) {
    return exact.contains(lowerCase(withoutLastDot(host)));
  }

  /** Tells whether a wildcard stands for that host: for its first label, and only for that. */
  boolean namesByWildcard(String host) {
    int dot = host.indexOf('.');
    return dot > 0 && wildcards.contains(lowerCase(withoutLastDot(host).substring(dot)));
  }

  /**
   * Tells whether the certificate speaks for a host.
   *
   * @param host a name or an address, IPv6 with or without brackets
   */
  public boolean cover(String host) {
    return namesExactly(host) || namesByWildcard(host) || hasAddress(host);
  }

  private boolean hasAddress(String host) {
    if (addresses.isEmpty()) {
      return false;
    }
    boolean brackets = host.startsWith("[") && host.endsWith("]");
    try {
      return addresses.contains(
          InetAddress.ofLiteral(brackets ? host.substring(1, host.length() - 1) : host));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String withoutLastDot(String host) {
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  /** Lower-cases ASCII letters only: names are compared as octets (RFC 4343). */
  static String lowerCase(String name) {
    StringBuilder lower = new StringBuilder(name);
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        lower.setCharAt(i, (char) (c | 0x20));
      }
    }
    return lower.toString();
  }
}
