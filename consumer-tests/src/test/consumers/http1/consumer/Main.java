package consumer;

import io.roadrunner.http1.BodyBytes;
import io.roadrunner.http1.Http1Event;
import io.roadrunner.http1.Http1Limits;
import io.roadrunner.http1.Http1Parser;
import io.roadrunner.http1.MessageEnd;
import io.roadrunner.http1.NeedInput;
import io.roadrunner.http1.RequestHead;
import io.roadrunner.http1.ResponseHead;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Parses one request and prints what it found. */
final class Main {

  private static final String REQUEST =
      "POST /notes?draft=1 HTTP/1.1\r\nHost: example.org\r\nContent-Length: 5\r\n\r\nhello";

  private Main() {}

  public static void main(String[] args) {
    Http1Parser parser = Http1Parser.forRequests(Http1Limits.defaults());
    ByteBuffer in = ByteBuffer.wrap(REQUEST.getBytes(StandardCharsets.US_ASCII));
    Http1Event event;
    do {
      event = parser.next(in);
      System.out.println(describe(event));
    } while (event != NeedInput.INSTANCE);
  }

  private static String describe(Http1Event event) {
    return switch (event) {
      case RequestHead head -> head.method() + " " + head.path();
      case ResponseHead head -> "status " + head.status();
      case BodyBytes body -> "body " + body.view().remaining();
      case MessageEnd end -> "end";
      case NeedInput needed -> "all read";
    };
  }
}
