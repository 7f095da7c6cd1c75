/** Telemetry events, subscribers, counters and histograms; a bridge to JDK Flight Recorder. */
module io.roadrunner.telemetry {
  requires static jdk.jfr;
  requires static org.jspecify;

  exports io.roadrunner.telemetry;
}
