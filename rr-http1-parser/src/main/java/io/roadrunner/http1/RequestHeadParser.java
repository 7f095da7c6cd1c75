package io.roadrunner.http1;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes {@link RequestHead}s. */
final class RequestHeadParser implements HeadParser {
  private enum Part {
    NOTHING,
    REQUEST_LINE,
    FIELDS
  }

  private final RequestLine line;
  private final FieldBlock block;
  private final RequestRules rules = new RequestRules();
  private Part part = Part.NOTHING;
  private @Nullable RequestHead head;

  RequestHeadParser(Http1Limits limits) {
    line = new RequestLine(limits);
    block = new FieldBlock(limits);
  }

  @Override
  public boolean isIdle() {
    return part == Part.NOTHING;
  }

  @Override
  public int scan(byte[] b, int base, int limit) {
    if (part != Part.FIELDS) {
      part = Part.REQUEST_LINE;
      int end = line.scan(b, base, limit);
      if (end < 0) {
        return INCOMPLETE;
      }
      block.begin(end);
      part = Part.FIELDS;
    }
    int length = block.scan(b, base, limit);
    if (length >= 0) {
      head = make(Arrays.copyOfRange(b, base, base + length));
    }
    return length;
  }

  private RequestHead make(byte[] bytes) {
    FieldLines fields = block.take(bytes);
    rules.apply(line, fields, block.known());
    return new RequestHead(line, rules, fields);
  }

  @Override
  public RequestHead take() {
    RequestHead taken = Objects.requireNonNull(head);
    head = null;
    part = Part.NOTHING;
    line.begin();
    return taken;
  }

  @Override
  public BodyFraming framing() {
    return rules.framing();
  }

  @Override
  public boolean switchesProtocols() {
    return false;
  }
}
