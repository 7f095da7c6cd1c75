/** permessage-deflate. */
module io.roadrunner.deflate {
  requires static org.jspecify;

  exports io.roadrunner.deflate;
}
