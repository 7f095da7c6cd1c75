module consumer {
  requires io.roadrunner.http1;
}
