package io.roadrunner.http1;

import static io.roadrunner.http1.Ascii.CR;
import static io.roadrunner.http1.Ascii.LF;
import static java.nio.charset.StandardCharsets.US_ASCII;

/** Scans {@code method SP request-target SP HTTP-version CRLF} (RFC 9112 §3). */
final class RequestLine implements Element {
  private static final long HTTP_1_1 = Scan.eight("HTTP/1.1".getBytes(US_ASCII), 0);

  private enum Step {
    METHOD,
    TARGET,
    VERSION
  }

  private final int maxMethodBytes;
  private final int maxLineBytes;
  private final Target target = new Target();
  private final VersionText versionText =
      new VersionText("HTTP/d.d\r\n", Http1Violation.BAD_REQUEST_LINE);

  private int cursor;
  private Step step = Step.METHOD;
  private String method = "";
  private HttpVersion version = HttpVersion.HTTP_1_1;

  RequestLine(Http1Limits limits) {
    maxMethodBytes = limits.maxMethodBytes();
    maxLineBytes = limits.maxRequestLineBytes();
  }

  void begin() {
    cursor = 0;
    step = Step.METHOD;
  }

  String method() {
    return method;
  }

  Target target() {
    return target;
  }

  HttpVersion version() {
    return version;
  }

  @Override
  public int scan(byte[] b, int base, int limit) {
    int i = base + cursor;
    return switch (step) {
      case METHOD -> method(b, base, i, limit);
      case TARGET -> target(b, base, i, limit);
      case VERSION -> versionBytes(b, base, i, limit);
    };
  }

  private int method(byte[] b, int base, int from, int limit) {
    int end = base + Math.min(limit - base, maxMethodBytes + 1);
    int i = Scan.skip(b, from, end, Ascii.TCHAR);
    if (i - base > maxMethodBytes) {
      throw Http1Violation.METHOD_TOO_LONG.exception();
    }
    if (i == end) {
      return suspend(Step.METHOD, i - base);
    }
    if (b[i] != Ascii.SP || i == base) {
      throw Http1Violation.BAD_METHOD.exception();
    }
    method = Methods.name(b, base, i);
    target.begin(i + 1 - base);
    return target(b, base, i + 1, limit);
  }

  private int target(byte[] b, int base, int from, int limit) {
    int end = end(base, limit);
    int i = Scan.skip(b, from, end, Ascii.PATH);
    while (i < end && b[i] != Ascii.SP) {
      target.note(b[i], i - base);
      i = Scan.skip(b, i + 1, end, Ascii.PATH);
    }
    if (i == end) {
      return stop(Step.TARGET, base, i, limit);
    }
    target.complete(b, base, i - base, method);
    versionText.begin();
    return version(b, base, i + 1, limit);
  }

  private int version(byte[] b, int base, int i, int limit) {
    int end = end(base, limit);
    if (end - i >= 10 && Scan.eight(b, i) == HTTP_1_1 && b[i + 8] == CR && b[i + 9] == LF) {
      version = HttpVersion.HTTP_1_1;
      return i + 10 - base;
    }
    return versionBytes(b, base, i, limit);
  }

  private int versionBytes(byte[] b, int base, int from, int limit) {
    int end = end(base, limit);
    for (int i = from; i < end; i++) {
      versionText.take(b[i]);
      if (versionText.isComplete()) {
        version = versionText.version();
        return i + 1 - base;
      }
    }
    return stop(Step.VERSION, base, end, limit);
  }

  private int end(int base, int limit) {
    return base + Math.min(limit - base, maxLineBytes);
  }

  private int stop(Step at, int base, int i, int limit) {
    if (i < limit) {
      throw Http1Violation.REQUEST_LINE_TOO_LONG.exception();
    }
    return suspend(at, i - base);
  }

  private int suspend(Step at, int scanned) {
    step = at;
    cursor = scanned;
    return INCOMPLETE;
  }
}
