/** The Roadrunner server: listeners, event loops, routes, handlers. */
module io.roadrunner.server {
  requires transitive io.roadrunner.deflate;
  requires transitive io.roadrunner.http1;
  requires transitive io.roadrunner.http2;
  requires transitive io.roadrunner.telemetry;
  requires transitive io.roadrunner.websocket;
  requires org.slf4j;
  requires static org.jspecify;

  exports io.roadrunner.server;
}
