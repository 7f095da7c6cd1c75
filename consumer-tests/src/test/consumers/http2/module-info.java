module consumer {
  requires io.roadrunner.http2;
}
