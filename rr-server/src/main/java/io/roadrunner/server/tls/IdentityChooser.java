package io.roadrunner.server.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the certificate by the server name that the client asks for (RFC 6066 §3): an exact name
 * before a wildcard, and the first certificate where none fits. Of several for the same name the
 * first whose key the client can verify is taken. An alias is the number of an identity.
 */
final class IdentityChooser extends X509ExtendedKeyManager {

  private final List<Identity> identities;

  IdentityChooser(List<Identity> identities) {
    this.identities = List.copyOf(identities);
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    List<Identity> candidates = candidates(ServerNames.requested(engine.getHandshakeSession()));
    for (Identity candidate : candidates) {
      if (candidate.key().getAlgorithm().equals(keyType)) {
        return Integer.toString(identities.indexOf(candidate));
      }
    }
    return null;
  }

  private List<Identity> candidates(Optional<String> serverName) {
    if (serverName.isPresent()) {
      String name = serverName.get();
      List<Identity> exact = those(i -> i.names().namesExactly(name));
      List<Identity> found = exact.isEmpty() ? those(i -> i.names().namesByWildcard(name)) : exact;
      if (!found.isEmpty()) {
        return found;
      }
    }
    // Another certificate for the same names may have a key of another algorithm.
    return those(i -> i.names().equals(identities.getFirst().names()));
  }

  private List<Identity> those(Predicate<Identity> wanted) {
    return identities.stream().filter(wanted).toList();
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return identities.get(Integer.parseInt(alias)).chain().toArray(X509Certificate[]::new);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return identities.get(Integer.parseInt(alias)).key();
  }

  // For clients, and for sockets: the engine of a server asks for none of these.

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }
}
