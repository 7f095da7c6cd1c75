package io.roadrunner.server;

import io.roadrunner.server.net.TlsSettings;
import io.roadrunner.server.tls.Identity;
import io.roadrunner.server.tls.TlsEngines;
import io.roadrunner.server.tls.TlsEngines.ClientCertificate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Reads what a {@link TlsConfig} names, and makes of it what a listener needs. */
final class TlsSetup {

  private TlsSetup() {}

  /**
   * Returns the settings of a listener.
   *
   * @param protocols their names in ALPN (RFC 7301 §6), the preferred one first
   * @throws IllegalArgumentException saying which option and file are at fault, and what is wrong
   */
  static TlsSettings load(TlsConfig config, List<String> protocols) {
    List<Identity> identities = new ArrayList<>();
    for (TlsConfig.Source source : config.sources()) {
      identities.addAll(named(option(source), () -> identities(source)));
    }
    TlsConfig.Settings settings = config.settings();
    TlsEngines engines =
        switch (settings.clients()) {
          case TlsConfig.Clients.Anonymous a -> TlsEngines.forAnybody(identities, protocols);
          case TlsConfig.Clients.Requested(Path file) ->
              named(
                  "TlsConfig.requestClientCertificate",
                  () ->
                      TlsEngines.forClients(
                          identities, protocols, ClientCertificate.REQUESTED, file));
          case TlsConfig.Clients.Required(Path file) ->
              named(
                  "TlsConfig.requireClientCertificate",
                  () ->
                      TlsEngines.forClients(
                          identities, protocols, ClientCertificate.REQUIRED, file));
        };
    return new TlsSettings(
        engines,
        settings.timeout(),
        settings.handshakes(),
        settings.threads(),
        hosts(settings.hosts()));
  }

  /** Puts the name of the option at fault before what is wrong with it. */
  private static <T> T named(String option, Supplier<T> loading) {
    try {
      return loading.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
    }
  }

  private static String option(TlsConfig.Source source) {
    return switch (source) {
      case TlsConfig.Source.Pem pem -> "TlsConfig.pem";
      case TlsConfig.Source.StoreFile file -> "TlsConfig.keyStore";
      case TlsConfig.Source.Store store -> "TlsConfig.keyStore";
      case TlsConfig.Source.SelfSigned made -> "TlsConfig.selfSigned";
    };
  }

  private static TlsSettings.Hosts hosts(TlsConfig.Hosts hosts) {
    return switch (hosts) {
      case CERTIFIED -> TlsSettings.Hosts.CERTIFIED;
      case ANY -> TlsSettings.Hosts.ANY;
    };
  }

  private static List<Identity> identities(TlsConfig.Source source) {
    return switch (source) {
      case TlsConfig.Source.Pem(Path chain, Path key) -> List.of(Identity.ofPem(chain, key));
      case TlsConfig.Source.StoreFile(Path file, TlsConfig.Password password) ->
          Identity.ofKeyStoreFile(file, password.value());
      case TlsConfig.Source.Store(var store, TlsConfig.Password password) ->
          Identity.ofKeyStore("the KeyStore", store, password.value());
      case TlsConfig.Source.SelfSigned(List<String> names) -> List.of(Identity.selfSigned(names));
    };
  }
}
