module consumer {
  requires io.roadrunner.telemetry;
}
