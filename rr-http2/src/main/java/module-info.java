/** HTTP/2. */
@SuppressWarnings("module")
module io.roadrunner.http2 {
  requires transitive io.roadrunner.hpack;
  requires static org.jspecify;

  exports io.roadrunner.http2;
  exports io.roadrunner.http2.frame;
}
