package io.roadrunner.http1;

final class RequestRules {
  int authorityStart() {
    return 0;
  }

  int authorityEnd() {
    return 0;
  }

  BodyFraming framing() {
    return BodyFraming.None.INSTANCE;
  }

  Persistence persistence() {
    return Persistence.CLOSE;
  }

  Expectation expectation() {
    return Expectation.NONE;
  }

  boolean upgrade() {
    return false;
  }
}
