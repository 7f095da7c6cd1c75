package io.roadrunner.server.websocket;

/** Where in its message a frame stands. */
enum Fragment {
  FIRST,
  NEXT,
  LAST,
  ONLY
}
