package io.roadrunner.server.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;

/** Addresses of channels, also of channels that are closed by now. */
public final class Addresses {

  private static final SocketAddress UNKNOWN = InetSocketAddress.createUnresolved("unknown", 0);

  private Addresses() {}

  static SocketAddress remote(SocketChannel channel) {
    try {
      SocketAddress address = channel.getRemoteAddress();
      return address == null ? UNKNOWN : address;
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  static SocketAddress local(SocketChannel channel) {
    try {
      SocketAddress address = channel.getLocalAddress();
      return address == null ? UNKNOWN : address;
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  /**
   * Returns an address for people to read, without looking up names.
   *
   * @param address an Internet or Unix-domain address
   */
  public static String text(SocketAddress address) {
    return switch (address) {
      case InetSocketAddress inet when inet.getAddress() != null ->
          inet.getAddress().getHostAddress() + ":" + inet.getPort();
      case UnixDomainSocketAddress unix -> "unix:" + unix.getPath();
      default -> address.toString();
    };
  }
}
