package io.roadrunner.http1;

/** The parts of a request target, as offsets from the start of the head (RFC 9112 §3.2). */
final class Target {
  private static final int NOWHERE = -1;

  private int start;
  private int end;
  private int question;
  private boolean hasEscape;
  private boolean hasBracket;
  private TargetForm form = TargetForm.ORIGIN;
  private int authorityStart;
  private int authorityEnd;
  private int pathStart;
  private int pathEnd;

  void begin(int at) {
    start = at;
    question = NOWHERE;
    hasEscape = false;
    hasBracket = false;
  }

  TargetForm form() {
    return form;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  int authorityStart() {
    return authorityStart;
  }

  int authorityEnd() {
    return authorityEnd;
  }

  int pathStart() {
    return pathStart;
  }

  int pathEnd() {
    return pathEnd;
  }

  /** Judges a byte that is not simply a part of a path (RFC 3986 §2 and §3). */
  void note(byte b, int at) {
    switch (b) {
      case '?' -> question = question == NOWHERE ? at : question;
      case '%' -> hasEscape = true;
      // Not quite allowed in a query, but harmless there, and browsers leave them as they are.
      case '[', ']' -> hasBracket |= question == NOWHERE;
      case Ascii.CR, Ascii.LF, Ascii.HTAB -> throw Http1Violation.BAD_REQUEST_LINE.exception();
      default -> throw Http1Violation.BAD_TARGET_BYTE.exception();
    }
  }

  /** Takes the target apart when its end is known. */
  void complete(byte[] b, int base, int at, String method) {
    end = at;
    if (start == end) {
      throw Http1Violation.BAD_REQUEST_LINE.exception();
    }
    if (hasEscape) {
      checkEscapes(b, base);
    }
    pathStart = start;
    pathEnd = question == NOWHERE ? end : question;
    byte first = b[base + start];
    if (method.equals("CONNECT")) {
      authorityForm(b, base);
    } else if (first == '/') {
      originForm();
    } else if (first == '*' && end - start == 1) {
      form = TargetForm.ASTERISK;
    } else {
      absoluteForm(b, base);
    }
  }

  private void checkEscapes(byte[] b, int base) {
    int last = base + end;
    for (int i = base + start; i < last; i++) {
      if (b[i] == '%') {
        if (last - i < 3 || !Ascii.is(b[i + 1], Ascii.HEX) || !Ascii.is(b[i + 2], Ascii.HEX)) {
          throw Http1Violation.BAD_ESCAPE.exception();
        }
      }
    }
  }

  private void originForm() {
    if (hasBracket) {
      throw Http1Violation.BAD_TARGET_BYTE.exception();
    }
    form = TargetForm.ORIGIN;
  }

  private void authorityForm(byte[] b, int base) {
    // RFC 9112 §3.2.3: host and port, nothing else, and the port is not optional.
    if (b[base + start] == '/' || b[base + start] == '*') {
      throw Http1Violation.TARGET_NOT_FOR_METHOD.exception();
    }
    if (!Authority.isHostAndPort(b, base + start, base + end)) {
      throw Http1Violation.BAD_AUTHORITY.exception();
    }
    form = TargetForm.AUTHORITY;
    authorityStart = start;
    authorityEnd = end;
    pathStart = end;
    pathEnd = end;
  }

  private void absoluteForm(byte[] b, int base) {
    int colon = schemeEnd(b, base + start, base + end);
    if (base + end - colon < 3 || b[colon + 1] != '/' || b[colon + 2] != '/') {
      throw Http1Violation.BAD_TARGET_FORM.exception();
    }
    int i = colon + 3;
    authorityStart = i - base;
    while (i < base + pathEnd && b[i] != '/') {
      i++;
    }
    // RFC 9110 §4.2.4: user information counts as an error here, too.
    if (!Authority.isValid(b, base + authorityStart, i)) {
      throw Http1Violation.BAD_AUTHORITY.exception();
    }
    authorityEnd = i - base;
    pathStart = authorityEnd;
    form = TargetForm.ABSOLUTE;
    if (hasBracket) {
      refuseBrackets(b, i, base + pathEnd);
    }
  }

  private static int schemeEnd(byte[] b, int from, int to) {
    int i = from;
    while (i < to && (isLetter(b[i]) || (i > from && isSchemeByte(b[i])))) {
      i++;
    }
    if (i == from || i == to || b[i] != ':') {
      throw Http1Violation.BAD_TARGET_FORM.exception();
    }
    return i;
  }

  private static boolean isLetter(byte b) {
    int lower = Ascii.lower(b);
    return lower >= 'a' && lower <= 'z';
  }

  private static boolean isSchemeByte(byte b) {
    return Ascii.isDigit(b) || b == '+' || b == '-' || b == '.';
  }

  private static void refuseBrackets(byte[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      if (b[i] == '[' || b[i] == ']') {
        throw Http1Violation.BAD_TARGET_BYTE.exception();
      }
    }
  }
}
