package io.roadrunner.websocket;

/** Which end of the connection this side is. */
enum Role {
  SERVER,
  CLIENT
}
