package io.roadrunner.server.http2;

import io.roadrunner.http2.RequestHead;
import io.roadrunner.server.Headers;
import io.roadrunner.server.RequestBody;
import io.roadrunner.server.Response;
import io.roadrunner.server.ResponseBody;
import io.roadrunner.server.Route.Execution;
import io.roadrunner.server.net.LoopTask;
import io.roadrunner.server.pipeline.BodyReader;
import io.roadrunner.server.pipeline.ServerRequest;
import java.io.IOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One stream: its request, and the virtual thread that runs its handler and makes its response. The
 * thread never touches the connection; it sends {@link Command}s to the loop.
 */
final class StreamRun implements LoopTask {

  private static final OptionalLong NO_BODY = OptionalLong.of(0);

  private final int id;
  private final Streams streams;
  private final Http2Exchange exchange;
  private final ServerRequest request;
  private final StreamSending sending;
  private final @Nullable StreamInput input;
  private final @Nullable StreamTunnel tunnel;
  private final BodyReader body;
  private boolean continueOwed;
  private @Nullable Response ready;
  private volatile @Nullable StreamOutput output;
  private volatile @Nullable Thread owner;
  private volatile boolean cancelled;

  /**
   * Creates the stream of a request; on the loop.
   *
   * @param length what content-length says; 0 without a body
   */
  StreamRun(int id, Streams streams, RequestHead head, OptionalLong length, long now) {
    this.id = id;
    this.streams = streams;
    this.exchange =
        new Http2Exchange(head, this, streams.connection(), streams.nextExchangeNumber());
    this.request = streams.dispatcher().accept(exchange, now);
    this.sending = new StreamSending(now);
    tunnel = exchange.isExtendedConnect() ? new StreamTunnel(this, streams) : null;
    if (tunnel != null || length.equals(NO_BODY)) {
      input = null;
      body = new BodyReader(NoBody.INSTANCE, NO_BODY, exchange.headers());
    } else {
      input = new StreamInput(this, streams.settings().pace(), maxBodyBytes(), now);
      body = new BodyReader(input, length, exchange.headers());
      continueOwed = exchange.headers().contains("expect");
    }
  }

  int id() {
    return id;
  }

  ServerRequest request() {
    return request;
  }

  RequestBody body() {
    return body;
  }

  long maxBodyBytes() {
    return streams.dispatcher().maxBodyBytes(request);
  }

  long bodyBytes() {
    return body.bytesRead();
  }

  boolean isHead() {
    return exchange.method().equals("HEAD");
  }

  boolean isInline() {
    return request.match().entry().execution() == Execution.INLINE;
  }

  // The loop's side.

  /** Returns where the body goes, null if there is none. */
  @Nullable StreamInput input() {
    return input;
  }

  /** Returns what carries another protocol, null if the request asks for none. */
  @Nullable StreamTunnel tunnel() {
    return tunnel;
  }

  /** Returns how far the response has come. */
  StreamSending sending() {
    return sending;
  }

  /** Tells whether the peer is still sending its request. */
  boolean requestIsOpen() {
    return tunnel != null ? tunnel.inputIsOpen() : input != null && !input.isComplete();
  }

  /** A response that is there already is to be sent by a thread. */
  void ready(Response response) {
    ready = response;
  }

  /** Parts of the body have left. */
  void released(int bytes) {
    StreamOutput out = output;
    if (out != null) {
      out.released(bytes);
    }
  }

  /** Nobody wants the response any more: whoever works on it shall stop. */
  void cancel(IOException cause) {
    cancelled = true;
    request.disconnect();
    if (tunnel != null) {
      tunnel.close();
    }
    if (input != null) {
      input.fail(cause);
    }
    StreamOutput out = output;
    if (out != null) {
      out.fail(cause);
    }
    Thread running = owner;
    if (running != null) {
      running.interrupt();
    }
  }

  // The handler's side.

  @Override
  public String threadName() {
    return streams.connection().threadName();
  }

  @Override
  public void run() {
    owner = Thread.currentThread();
    Command last = new Command.Abort(this);
    try {
      // Who cancels looks for the owner afterwards: one of the two sees the other.
      if (!cancelled) {
        last = work();
      }
    } finally {
      owner = null;
      // Before the peer has the answer: its next request may need this permit.
      streams.dispatcher().leave();
      streams.post(last);
      streams.connection().loop().taskEnded();
    }
  }

  /** Makes the response, and sends all of it but the end. */
  private Command work() {
    Response response = ready == null ? streams.dispatcher().handle(request) : ready;
    if (!takesTime(response)) {
      return new Command.Answer(this, response);
    }
    StreamOutput out = new StreamOutput(this, response);
    output = out;
    if (cancelled) {
      out.fail(new IOException("the peer has gone away"));
    }
    return out.send(response);
  }

  /** Tells whether a response has a body that is made while it is sent. */
  boolean takesTime(Response response) {
    boolean made =
        response.body() instanceof ResponseBody.Stream
            || response.body() instanceof ResponseBody.FileRegion;
    return made && ResponseShape.hasContent(this, response);
  }

  /** A fault in the making of a response. */
  void failed(Throwable cause) {
    streams.dispatcher().failed(request, cause);
  }

  void post(Command command) {
    streams.post(command);
  }

  void consumed(int bytes) {
    if (!isInline()) {
      streams.post(new Command.Consumed(this, bytes));
    }
  }

  /** RFC 9110 §10.1.1: 100 (Continue) when the handler first asks for the body. */
  void sendContinue() {
    if (continueOwed) {
      continueOwed = false;
      sendInterim(100, Headers.empty());
    }
  }

  void sendInterim(int status, Headers headers) {
    continueOwed &= status != 100;
    Command.Interim interim = new Command.Interim(this, status, headers);
    if (isInline() && owner == null) {
      streams.apply(interim);
    } else {
      streams.post(interim);
    }
  }
}
