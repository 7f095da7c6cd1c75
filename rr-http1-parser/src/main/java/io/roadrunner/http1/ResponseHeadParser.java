package io.roadrunner.http1;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes {@link ResponseHead}s. */
final class ResponseHeadParser implements HeadParser {
  private enum Part {
    NOTHING,
    STATUS_LINE,
    FIELDS
  }

  private final StatusLine line;
  private final FieldBlock block;
  private String requestMethod = "";
  private Part part = Part.NOTHING;
  private BodyFraming framing = BodyFraming.None.INSTANCE;
  private boolean switching;
  private @Nullable ResponseHead head;

  ResponseHeadParser(Http1Limits limits) {
    line = new StatusLine(limits);
    block = new FieldBlock(limits);
  }

  void answering(String method) {
    requestMethod = method;
  }

  @Override
  public boolean isIdle() {
    return part == Part.NOTHING;
  }

  @Override
  public int scan(byte[] b, int base, int limit) {
    if (part != Part.FIELDS) {
      part = Part.STATUS_LINE;
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

  private ResponseHead make(byte[] bytes) {
    FieldLines fields = block.take(bytes);
    KnownFields known = block.known();
    framing = MessageFraming.ofResponse(requestMethod, line, fields, known);
    switching = line.status() == 101 || MessageFraming.isTunnel(requestMethod, line.status());
    Persistence persistence =
        framing instanceof BodyFraming.UntilClose
            ? Persistence.CLOSE
            : ConnectionRules.persistence(line.version(), fields, known);
    return new ResponseHead(line, fields, framing, persistence);
  }

  @Override
  public ResponseHead take() {
    ResponseHead taken = Objects.requireNonNull(head);
    head = null;
    part = Part.NOTHING;
    line.begin();
    if (!taken.isInterim()) {
      requestMethod = "";
    }
    return taken;
  }

  @Override
  public BodyFraming framing() {
    return framing;
  }

  @Override
  public boolean switchesProtocols() {
    return switching;
  }
}
