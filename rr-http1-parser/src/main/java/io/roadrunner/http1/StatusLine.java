package io.roadrunner.http1;

final class StatusLine {
  HttpVersion version() {
    return HttpVersion.HTTP_1_1;
  }

  int status() {
    return 200;
  }

  int reasonStart() {
    return 0;
  }

  int reasonEnd() {
    return 0;
  }
}
