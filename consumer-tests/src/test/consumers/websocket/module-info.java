module consumer {
  requires io.roadrunner.websocket;
}
