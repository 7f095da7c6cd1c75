package io.roadrunner.server.http1;

import io.roadrunner.http1.BodyBytes;
import io.roadrunner.http1.Http1Event;
import io.roadrunner.http1.Http1Exception;
import io.roadrunner.http1.Http1Parser;
import io.roadrunner.http1.MessageEnd;
import io.roadrunner.http1.NeedInput;
import io.roadrunner.http1.RequestHead;
import io.roadrunner.server.Headers;
import io.roadrunner.server.Response;
import io.roadrunner.server.Route.Execution;
import io.roadrunner.server.net.Connection;
import io.roadrunner.server.net.Protocol;
import io.roadrunner.server.pipeline.OwnFields;
import io.roadrunner.server.pipeline.ServerRequest;
import io.roadrunner.server.websocket.Opening;
import io.roadrunner.telemetry.CloseReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 on one connection, the event loop's part: reads heads, runs inline handlers, hands
 * everything that may take time to a virtual thread ({@link HandlerRun}).
 */
public final class Http1Connection implements Protocol {

  private final Connection connection;
  private final Http1Settings settings;
  private final Phases phases;
  private final LoopOutput output;
  private @Nullable Http1Parser parser;
  private long receivedAt;

  private @Nullable Http1Exchange current;
  private @Nullable Response refusal;
  private @Nullable CollectedBody collecting;
  private @Nullable Response unsent;
  private volatile @Nullable Thread owner;

  /**
   * Creates the protocol of a new connection.
   *
   * @param connection the connection
   * @param settings what all connections share
   */
  public Http1Connection(Connection connection, Http1Settings settings) {
    this.connection = connection;
    this.settings = settings;
    this.output = new LoopOutput(connection);
    this.phases = new Phases(settings.limits(), System.nanoTime());
  }

  @Override
  public Flow received(ByteBuffer in) {
    long now = System.nanoTime();
    receivedAt = now;
    if (phases.lingering()) {
      return discard(in);
    }
    if (collecting != null) {
      collecting.waited(now - phases.sinceNanos(), in.remaining());
      phases.collecting(now);
    }
    try {
      Flow flow = advance(in, now);
      return flow == Flow.LEFT_LOOP ? flow : pause(in, now);
    } catch (Http1Exception e) {
      return reject(e, in);
    }
  }

  private Flow advance(ByteBuffer in, long now) {
    Http1Parser messages = parser();
    while (true) {
      Http1Event event = messages.next(in);
      switch (event) {
        case RequestHead head -> {
          if (begin(head, in, now) == Flow.LEFT_LOOP) {
            return Flow.LEFT_LOOP;
          }
        }
        case MessageEnd end -> {
          if (answer(end, in) == Flow.LEFT_LOOP) {
            return Flow.LEFT_LOOP;
          }
        }
        case BodyBytes part -> {
          if (collect(part, in) == Flow.LEFT_LOOP) {
            return Flow.LEFT_LOOP;
          }
        }
        case NeedInput need -> {
          return Flow.STAYS_ON_LOOP;
        }
        case io.roadrunner.http1.ResponseHead head -> throw new IllegalStateException();
      }
      if (phases.lingering() || !connection.isOpen()) {
        return discard(in);
      }
    }
  }

  private Flow begin(RequestHead head, ByteBuffer in, long now) {
    Http1Exchange exchange = Http1Exchange.open(head, connection, settings.dispatcher(), now);
    ServerRequest request = exchange.request();
    current = exchange;
    refusal = Refusals.of(exchange, settings.dispatcher());
    if (refusal != null) {
      reportRefusal(refusal);
      return OwnFields.sayClose(refusal.headers())
          ? respond(exchange, refusal, in)
          : Flow.STAYS_ON_LOOP;
    }
    if (request.match().entry().execution() == Execution.VIRTUAL_THREAD) {
      if (settings.dispatcher().tryEnter()) {
        return leaveLoop(in);
      }
      settings.dispatcher().reports().throttled(request);
      refusal = Refusals.overloaded(exchange);
      return exchange.hasBody() ? respond(exchange, refusal, in) : Flow.STAYS_ON_LOOP;
    }
    if (exchange.hasBody()) {
      collecting = CollectedBody.of(exchange, settings.pace());
      phases.collecting(now);
      askForBody(exchange);
    }
    return Flow.STAYS_ON_LOOP;
  }

  void reportRefusal(Response response) {
    settings.dispatcher().reports().rejected(connection, "REFUSED", response.status());
  }

  private void askForBody(Http1Exchange exchange) {
    if (exchange.continueOwed()) {
      try {
        exchange.sendInterim(100, Headers.empty());
      } catch (IOException e) {
        connection.close(CloseReason.PEER_GONE);
      }
    }
  }

  private Flow collect(BodyBytes part, ByteBuffer in) {
    Http1Exchange exchange = Objects.requireNonNull(current);
    CollectedBody body = Objects.requireNonNull(collecting);
    long most = settings.dispatcher().maxBodyBytes(exchange.request());
    if (body.take(part.view(), most)) {
      return Flow.STAYS_ON_LOOP;
    }
    Response response = Refusals.tooLarge(most);
    reportRefusal(response);
    return respond(exchange, response, in);
  }

  private Flow answer(MessageEnd end, ByteBuffer in) {
    Http1Exchange exchange = Objects.requireNonNull(current);
    exchange.arrived();
    if (collecting != null) {
      collecting.complete(end.trailers());
      collecting = null;
    }
    Response response = refusal;
    if (response == null) {
      response = settings.dispatcher().handle(exchange.request());
      if (Upgrade.wantedBy(response)) {
        return upgrade(exchange, response, in);
      }
    }
    return respond(exchange, response, in);
  }

  private Flow upgrade(Http1Exchange exchange, Response response, ByteBuffer in) {
    return switch (Upgrade.decide(exchange, response, settings)) {
      case Opening.Declined declined -> respond(exchange, declined.response(), in);
      case Opening.Agreed agreed -> {
        current = null;
        yield output.upgrade(exchange, response, agreed, in);
      }
    };
  }

  /** Answers from the loop where that is possible at once, from a virtual thread otherwise. */
  private Flow respond(Http1Exchange exchange, Response response, ByteBuffer in) {
    refusal = null;
    ResponsePlan plan = ResponsePlan.of(exchange, response, mayContinue(exchange));
    long sent = output.put(response, plan);
    if (sent == LoopOutput.NOT_TAKEN) {
      unsent = response;
      settings.dispatcher().enter();
      return leaveLoop(in);
    }
    settings
        .dispatcher()
        .reports()
        .stopped(
            exchange.request(), response.status(), response.body(), exchange.bodyBytes(), sent);
    current = null;
    collecting = null;
    return plan.closes() ? endAfterFlush(in, CloseReason.LAST_MESSAGE) : Flow.STAYS_ON_LOOP;
  }

  /** Tells whether, as far as this side is concerned, another request may follow this one. */
  boolean mayContinue(Http1Exchange exchange) {
    return !exchange.wantsClose()
        && !connection.draining()
        && connection.served() < settings.limits().maxRequestsPerConnection();
  }

  /** Moves what the loop has put together, and everything further, to a virtual thread. */
  private Flow leaveLoop(ByteBuffer in) {
    output.flush();
    phases.owned(receivedAt);
    return connection.handOver(in);
  }

  /** Everything that arrived is dealt with: sends the answers, and notes what is waited for. */
  private Flow pause(ByteBuffer in, long now) {
    if (!output.flush()) {
      settings.dispatcher().enter();
      phases.owned(now);
      return connection.handOver(in);
    }
    if (!phases.lingering() && collecting == null) {
      phases.waiting(parser().betweenMessages() && !in.hasRemaining(), now, connection.draining());
    }
    return Flow.STAYS_ON_LOOP;
  }

  private Flow endAfterFlush(ByteBuffer in, CloseReason reason) {
    if (!output.flush()) {
      phases.linger(reason, System.nanoTime());
      settings.dispatcher().enter();
      return connection.handOver(in);
    }
    linger(reason);
    return Flow.STAYS_ON_LOOP;
  }

  private Flow reject(Http1Exception e, ByteBuffer in) {
    int status = e.violation().status();
    settings.dispatcher().reports().rejected(connection, e.violation().name(), status);
    return refuse(status, Refusals.text(e.violation()), in);
  }

  private Flow refuse(int status, String text, ByteBuffer in) {
    Http1Exchange exchange = current;
    if (exchange != null) {
      settings.dispatcher().reports().aborted(exchange.request(), status);
      current = null;
      collecting = null;
    }
    output.putRefusal(status, text);
    return endAfterFlush(in, CloseReason.PROTOCOL_VIOLATION) == Flow.LEFT_LOOP
        ? Flow.LEFT_LOOP
        : discard(in);
  }

  /** Says goodbye, and reads on for a while so that the last answer is not lost (RFC 9112 §9.6). */
  void linger(CloseReason reason) {
    phases.linger(reason, System.nanoTime());
    connection.shutdownOutput();
  }

  private static Flow discard(ByteBuffer in) {
    in.position(in.limit());
    return Flow.STAYS_ON_LOOP;
  }

  @Override
  public void ended() {
    if (phases.lingering()) {
      connection.close(phases.reason());
    } else if (parser().betweenMessages() && current == null) {
      connection.close(CloseReason.PEER_CLOSED);
    } else {
      // RFC 9112 §8: a message that was cut off is no message.
      connection.close(CloseReason.PEER_GONE);
    }
  }

  @Override
  public void tick(long nowNanos) {
    if (!connection.onLoop()) {
      cancelOverdueHandler(nowNanos);
      return;
    }
    if (collecting != null) {
      if (collecting.tooSlow(nowNanos - phases.sinceNanos())) {
        refuse(408, "the body arrives too slowly", connection.input());
      }
      return;
    }
    switch (phases.due(nowNanos)) {
      case NOTHING -> {
        if (connection.draining()) {
          // The drain may have begun while an owner was about to give the connection back.
          phases.drain(nowNanos);
        }
        if (phases.longIdle(nowNanos)) {
          parser = null;
        }
      }
      case CLOSE -> connection.close(phases.reason());
      case REQUEST_TIMEOUT -> {
        refuse(408, "the head of the request did not arrive in time", connection.input());
        phases.reason(CloseReason.REQUEST_TIMEOUT);
      }
    }
  }

  private void cancelOverdueHandler(long nowNanos) {
    if (phases.overdue(nowNanos) && connection.isOpen()) {
      Http1Exchange exchange = current;
      if (exchange != null) {
        settings.dispatcher().overdue(exchange.request());
      }
      connection.close(CloseReason.HANDLER_FAILED);
      gone();
    }
  }

  @Override
  public void gone() {
    Http1Exchange exchange = current;
    if (exchange != null) {
      exchange.request().disconnect();
      Thread running = owner;
      if (running != null) {
        running.interrupt();
      }
    }
  }

  @Override
  public void drain(long nowNanos) {
    phases.drain(nowNanos);
  }

  @Override
  public void run() {
    owner = Thread.currentThread();
    Response response = unsent;
    unsent = null;
    new HandlerRun(this, output.takeUnsent()).serve(response);
  }

  // For the owner, while there is one.

  void own() {
    owner = Thread.currentThread();
  }

  void disown() {
    owner = null;
  }

  void current(@Nullable Http1Exchange exchange) {
    current = exchange;
  }

  @Nullable Http1Exchange current() {
    return current;
  }

  /** Hands over what the loop has collected of the current body; the owner reads the rest. */
  @Nullable CollectedBody takeCollected() {
    CollectedBody body = collecting;
    collecting = null;
    return body;
  }

  Connection connection() {
    return connection;
  }

  Http1Settings settings() {
    return settings;
  }

  /** Returns the parser, which an idle connection does not have. */
  Http1Parser parser() {
    if (parser == null) {
      parser = Http1Parser.forRequests(settings.http1());
    }
    return parser;
  }

  Phases phases() {
    return phases;
  }
}
