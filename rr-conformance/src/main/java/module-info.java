/** Test material: what a WebSocket server has to do, as cases that run over any transport. */
module io.roadrunner.conformance {
  requires static org.jspecify;

  exports io.roadrunner.conformance;
}
