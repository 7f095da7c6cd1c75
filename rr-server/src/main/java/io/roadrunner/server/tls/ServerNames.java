package io.roadrunner.server.tls;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLSession;
import javax.net.ssl.StandardConstants;
import org.jspecify.annotations.Nullable;

/** How clients name the host that they want: by SNI (RFC 6066 §3), and in requests. */
public final class ServerNames {

  private ServerNames() {}

  /** Returns the host name that the client of a session has asked for. */
  public static Optional<String> requested(@Nullable SSLSession session) {
    if (session instanceof ExtendedSSLSession extended) {
      for (SNIServerName name : extended.getRequestedServerNames()) {
        if (name.getType() == StandardConstants.SNI_HOST_NAME) {
          return Optional.of(new String(name.getEncoded(), StandardCharsets.US_ASCII));
        }
      }
    }
    return Optional.empty();
  }

  /** Returns the host of an authority (RFC 3986 §3.2): without its port. */
  public static String host(String authority) {
    int colon = authority.lastIndexOf(':');
    return colon < 0 || authority.endsWith("]") ? authority : authority.substring(0, colon);
  }
}
