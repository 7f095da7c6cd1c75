module consumer {
  requires io.roadrunner.hpack;
}
