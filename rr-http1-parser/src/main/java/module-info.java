/** HTTP/1.1. */
@SuppressWarnings("module")
module io.roadrunner.http1 {
  requires static org.jspecify;

  exports io.roadrunner.http1;
}
