package io.roadrunner.bench.http2;

import io.roadrunner.server.Response;
import io.roadrunner.server.Route;
import io.roadrunner.server.Routes;
import io.roadrunner.server.Server;

/**
 * HTTP/1.1 and HTTP/2 on clear text: {@code /plain} is answered on the event loop, {@code /hello}
 * by a virtual thread, both with 13 bytes, {@code /big} with 1 MiB. Argument: the port.
 */
public final class RoadrunnerHttp2 {

  private RoadrunnerHttp2() {}

  /** Serves until the process ends. */
  public static void main(String[] args) throws Exception {
    Response hello = Response.text("Hello, World!");
    Response big = Response.bytes("text/plain", new byte[1 << 20]);
    Server.builder()
        .port(Integer.parseInt(args[0]))
        .routes(
            Routes.builder()
                .add(Route.get("/plain", request -> hello).inline())
                .get("/hello", request -> hello)
                .get("/big", request -> big)
                .build())
        .start();
  }
}
