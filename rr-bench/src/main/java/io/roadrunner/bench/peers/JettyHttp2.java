package io.roadrunner.bench.peers;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http2.RateControl;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/**
 * HTTP/1.1 and HTTP/2 on clear text with Jetty: every path is answered with 13 bytes, but {@code
 * /big} with 1 MiB. Argument: the port.
 */
public final class JettyHttp2 {

  private static final ByteBuffer SMALL =
      ByteBuffer.wrap("Hello, World!".getBytes(StandardCharsets.US_ASCII)).asReadOnlyBuffer();
  private static final ByteBuffer BIG = ByteBuffer.allocateDirect(1 << 20).asReadOnlyBuffer();

  private JettyHttp2() {}

  /** Serves until the process ends. */
  public static void main(String[] args) throws Exception {
    Server server = new Server();
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    HTTP2CServerConnectionFactory http2 = new HTTP2CServerConnectionFactory(configuration);
    // The load of a benchmark is not an attack.
    http2.setRateControlFactory(new RateControl.Factory() {});
    ServerConnector connector =
        new ServerConnector(server, new HttpConnectionFactory(configuration), http2);
    connector.setPort(Integer.parseInt(args[0]));
    server.addConnector(connector);
    server.setHandler(new Answer());
    server.start();
    server.join();
  }

  private static final class Answer extends Handler.Abstract.NonBlocking {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      ByteBuffer body = request.getHttpURI().getPath().equals("/big") ? BIG : SMALL;
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain");
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.remaining());
      response.write(true, body.slice(), callback);
      return true;
    }
  }
}
