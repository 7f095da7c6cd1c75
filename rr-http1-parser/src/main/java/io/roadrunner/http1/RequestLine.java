package io.roadrunner.http1;

final class RequestLine {
  String method() {
    return "";
  }

  TargetParts target() {
    return new TargetParts();
  }

  int targetStart() {
    return 0;
  }

  int targetEnd() {
    return 0;
  }

  HttpVersion version() {
    return HttpVersion.HTTP_1_1;
  }
}
