module consumer {
  requires io.roadrunner.deflate;
}
