package io.roadrunner.http1;

final class TargetParts {
  TargetForm form() {
    return TargetForm.ORIGIN;
  }

  int pathStart() {
    return 0;
  }

  int pathEnd() {
    return 0;
  }
}
