/** HPACK. */
module io.roadrunner.hpack {
  requires static org.jspecify;

  exports io.roadrunner.hpack;
}
