package io.roadrunner.http2;

final class Placeholder {
  private Placeholder() {}
}
