package io.roadrunner.http1;

/** Scans {@code HTTP-version SP status-code SP [ reason-phrase ] CRLF} (RFC 9112 §4). */
final class StatusLine implements Element {
  private enum Step {
    VERSION,
    CODE,
    REASON,
    LINE_FEED
  }

  private final int maxLineBytes;
  private final VersionText versionText =
      new VersionText("HTTP/d.d ", Http1Violation.BAD_STATUS_LINE);

  private int cursor;
  private Step step = Step.VERSION;
  private int codeEnd;
  private int status;
  private int reasonStart;
  private int reasonEnd;
  private HttpVersion version = HttpVersion.HTTP_1_1;

  StatusLine(Http1Limits limits) {
    maxLineBytes = limits.maxRequestLineBytes();
  }

  void begin() {
    cursor = 0;
    step = Step.VERSION;
    versionText.begin();
    status = 0;
  }

  HttpVersion version() {
    return version;
  }

  int status() {
    return status;
  }

  int reasonStart() {
    return reasonStart;
  }

  int reasonEnd() {
    return reasonEnd;
  }

  @Override
  public int scan(byte[] b, int base, int limit) {
    int i = base + cursor;
    return switch (step) {
      case VERSION -> version(b, base, i, limit);
      case CODE -> code(b, base, i, limit);
      case REASON -> reason(b, base, i, limit);
      case LINE_FEED -> lineFeed(b, base, i, limit);
    };
  }

  private int version(byte[] b, int base, int from, int limit) {
    int end = end(base, limit);
    int i = from;
    while (i < end && !versionText.isComplete()) {
      versionText.take(b[i]);
      i++;
    }
    if (i == end) {
      return stop(Step.VERSION, base, i, limit);
    }
    version = versionText.version();
    codeEnd = i - base + 3;
    return code(b, base, i, limit);
  }

  private int code(byte[] b, int base, int from, int limit) {
    int end = end(base, limit);
    int i = from;
    while (i < end && i < base + codeEnd) {
      if (!Ascii.isDigit(b[i])) {
        throw Http1Violation.BAD_STATUS_LINE.exception();
      }
      status = 10 * status + b[i] - '0';
      i++;
    }
    if (i == end) {
      return stop(Step.CODE, base, i, limit);
    }
    // RFC 9110 §15: valid codes are 100 to 599. The space is there even if no reason follows.
    if (b[i] != Ascii.SP || status < 100 || status > 599) {
      throw Http1Violation.BAD_STATUS_LINE.exception();
    }
    reasonStart = i + 1 - base;
    return reason(b, base, i + 1, limit);
  }

  private int reason(byte[] b, int base, int from, int limit) {
    int end = end(base, limit);
    int i = Scan.skipValue(b, from, end);
    if (i == end) {
      return stop(Step.REASON, base, i, limit);
    }
    if (b[i] != Ascii.CR) {
      throw Http1Violation.BAD_STATUS_LINE.exception();
    }
    reasonEnd = i - base;
    return lineFeed(b, base, i + 1, limit);
  }

  private int lineFeed(byte[] b, int base, int i, int limit) {
    if (i == end(base, limit)) {
      return stop(Step.LINE_FEED, base, i, limit);
    }
    if (b[i] != Ascii.LF) {
      throw Http1Violation.BARE_CR.exception();
    }
    return i + 1 - base;
  }

  private int end(int base, int limit) {
    return base + Math.min(limit - base, maxLineBytes);
  }

  private int stop(Step at, int base, int i, int limit) {
    if (i < limit) {
      throw Http1Violation.STATUS_LINE_TOO_LONG.exception();
    }
    step = at;
    cursor = i - base;
    return INCOMPLETE;
  }
}
