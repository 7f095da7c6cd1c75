package io.roadrunner.server.http1;

import io.roadrunner.http1.BodyBytes;
import io.roadrunner.http1.BodyFraming;
import io.roadrunner.http1.Http1Event;
import io.roadrunner.http1.Http1Exception;
import io.roadrunner.http1.MessageEnd;
import io.roadrunner.http1.NeedInput;
import io.roadrunner.http1.RequestHead;
import io.roadrunner.server.Response;
import io.roadrunner.server.ResponseBody;
import io.roadrunner.server.http1.ResponseSender.Outcome;
import io.roadrunner.server.net.Arrival;
import io.roadrunner.server.net.Connection;
import io.roadrunner.server.net.SlowPeerException;
import io.roadrunner.server.pipeline.BodyReader;
import io.roadrunner.server.pipeline.Dispatcher;
import io.roadrunner.server.pipeline.SafeThrowable;
import io.roadrunner.server.websocket.Opening;
import io.roadrunner.server.websocket.WebSocketProtocol;
import io.roadrunner.telemetry.CloseReason;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP/1.1 on one connection, the virtual thread's part: runs the handler, sends its response, goes
 * on with what was pipelined behind it, and gives the connection back when there is nothing more.
 */
final class HandlerRun {

  private static final Logger LOG = LoggerFactory.getLogger(HandlerRun.class);

  private final Http1Connection http1;
  private final Connection connection;
  private final Dispatcher dispatcher;
  private final Output output;
  private final ResponseSender sender;
  private boolean permit = true;

  /**
   * Creates the run of one virtual thread, which holds a permit.
   *
   * @param first bytes that the loop could not send
   */
  HandlerRun(Http1Connection http1, byte[] first) {
    this.http1 = http1;
    this.connection = http1.connection();
    this.dispatcher = http1.settings().dispatcher();
    int pipelined = connection.input().remaining();
    this.output = new Output(connection, http1.settings().pace(), first, pipelined);
    this.sender = new ResponseSender(dispatcher, output);
  }

  /**
   * Serves until the connection has been given back or closed.
   *
   * @param ready the response to the current request where it is known already
   */
  void serve(@Nullable Response ready) {
    try {
      if (http1.phases().lingering()) {
        end(http1.phases().reason());
        return;
      }
      Http1Exchange exchange = http1.current();
      boolean goOn = exchange == null || exchange(exchange, ready);
      while (goOn) {
        leave();
        if (exchange != null && !exchange.request().connected()) {
          abort(CloseReason.PEER_GONE);
          return;
        }
        exchange = next();
        goOn = exchange != null && exchange(exchange, admit(exchange));
      }
    } catch (Http1Exception e) {
      reject(e);
    } catch (SlowPeerException e) {
      abort(CloseReason.SLOW_PEER);
    } catch (IOException e) {
      abort(CloseReason.PEER_GONE);
    } catch (Throwable e) {
      LOG.error("{}: a fault of the server", connection.threadName(), SafeThrowable.of(e));
      abort(CloseReason.HANDLER_FAILED);
    } finally {
      leave();
    }
  }

  private void leave() {
    if (permit) {
      permit = false;
      dispatcher.leave();
    }
  }

  /** Answers one request; tells whether another may follow. */
  private boolean exchange(Http1Exchange exchange, @Nullable Response ready) throws IOException {
    exchange.output(output);
    BodySource body = openBody(exchange);
    if (ready == null && exchange.request().match().entry().takesLong()) {
      // What is answered already should not wait for this one.
      output.flush();
    }
    Response response = ready == null ? dispatcher.handle(exchange.request()) : ready;
    if (Upgrade.wantedBy(response)) {
      switch (Upgrade.decide(exchange, response, http1.settings())) {
        case Opening.Declined declined -> response = declined.response();
        case Opening.Agreed agreed -> {
          upgrade(exchange, response, agreed);
          return false;
        }
      }
    }
    boolean keepAlive = http1.mayContinue(exchange) && skippable(exchange, body, response);
    Outcome outcome = sender.send(exchange, response, keepAlive);
    http1.current(null);
    return switch (outcome) {
      case KEEP -> skipped(body) || ended();
      case CLOSE -> ended();
      case ABORT -> {
        connection.close(CloseReason.HANDLER_FAILED);
        yield false;
      }
    };
  }

  /** Answers the handshake, and gives the connection back to the loop with another protocol. */
  private void upgrade(Http1Exchange exchange, Response response, Opening.Agreed agreed)
      throws IOException {
    Upgrade.writeHead(agreed, output.room(Upgrade.headSize(agreed)));
    output.flush();
    http1.current(null);
    http1.disown();
    WebSocketProtocol next = Upgrade.switchOver(exchange, response, agreed, connection);
    while (!connection.release()) {
      switch (connection.absorb()) {
        case BYTES, NOTHING -> {}
        case ENDED, RESET -> {
          connection.close(CloseReason.PEER_GONE);
          return;
        }
      }
    }
    next.beginSoon();
  }

  private boolean ended() throws IOException {
    end(CloseReason.LAST_MESSAGE);
    return false;
  }

  private @Nullable BodySource openBody(Http1Exchange exchange) {
    if (exchange.bodyArrived()) {
      return null;
    }
    if (!exchange.hasBody()) {
      // The parser tells the end of each message, also of one without content.
      Http1Event end = http1.parser().next(connection.input());
      if (!(end instanceof MessageEnd)) {
        throw new IllegalStateException("a message without content did not end: " + end);
      }
      return null;
    }
    BodySource source =
        new BodySource(
            exchange,
            http1.parser(),
            connection,
            output,
            http1.settings().pace(),
            dispatcher.maxBodyBytes(exchange.request()));
    CollectedBody begun = http1.takeCollected();
    if (begun != null) {
      source.begin(begun);
    }
    exchange.body(new BodyReader(source, exchange.announcedLength(), exchange.headers()));
    return source;
  }

  /** Tells whether the rest of the body may be small enough to be taken in after the response. */
  private boolean skippable(Http1Exchange exchange, @Nullable BodySource body, Response response) {
    if (body == null || body.ended()) {
      return true;
    }
    if (exchange.continueOwed() || body.hasFailed()) {
      return false;
    }
    // A stream may read the body while it is being sent.
    return response.body() instanceof ResponseBody.Stream
        || !(exchange.head().framing() instanceof BodyFraming.Length length)
        || length.bytes() - body.bytes() <= http1.settings().limits().maxUnreadBodyBytes();
  }

  private boolean skipped(@Nullable BodySource body) throws IOException {
    if (body == null || body.ended()) {
      return true;
    }
    output.flush();
    return body.skipRest(http1.settings().limits().maxUnreadBodyBytes());
  }

  /** Decides about a pipelined request: its refusal, or null when its handler may run here. */
  private @Nullable Response admit(Http1Exchange exchange) {
    Response refusal = Refusals.of(exchange, dispatcher);
    if (refusal != null) {
      http1.reportRefusal(refusal);
      return refusal;
    }
    permit = dispatcher.tryEnter();
    if (permit) {
      return null;
    }
    dispatcher.reports().throttled(exchange.request());
    return Refusals.overloaded(exchange);
  }

  /** Returns the next pipelined request, or null once the connection is not ours any more. */
  private @Nullable Http1Exchange next() throws IOException {
    while (true) {
      Http1Event event = http1.parser().next(connection.input());
      switch (event) {
        case RequestHead head -> {
          long now = System.nanoTime();
          Http1Exchange exchange = Http1Exchange.open(head, connection, dispatcher, now);
          http1.current(exchange);
          http1.phases().nextOwned(now);
          return exchange;
        }
        case NeedInput need -> {
          output.flush();
          if (!moreArrived()) {
            return null;
          }
        }
        case MessageEnd end -> throw unexpected(event);
        case BodyBytes part -> throw unexpected(event);
        case io.roadrunner.http1.ResponseHead head -> throw unexpected(event);
      }
    }
  }

  private static IllegalStateException unexpected(Http1Event event) {
    return new IllegalStateException("between messages, the parser returned " + event.getClass());
  }

  /** Gives the connection back, unless something has arrived meanwhile. */
  private boolean moreArrived() {
    while (true) {
      boolean idle = http1.parser().betweenMessages() && !connection.input().hasRemaining();
      http1.phases().waiting(idle, System.nanoTime(), connection.draining());
      http1.disown();
      if (connection.release()) {
        return false;
      }
      http1.own();
      switch (connection.absorb()) {
        case BYTES -> {
          return true;
        }
        case NOTHING -> {}
        case ENDED -> {
          connection.close(idle ? CloseReason.PEER_CLOSED : CloseReason.PEER_GONE);
          return false;
        }
        case RESET -> {
          connection.close(CloseReason.PEER_GONE);
          return false;
        }
      }
    }
  }

  /** Sends what is left, then leaves the rest of the goodbye to the loop. */
  private void end(CloseReason reason) throws IOException {
    output.flush();
    http1.linger(reason);
    http1.disown();
    while (!connection.release()) {
      Arrival arrival = connection.absorb();
      connection.input().position(connection.input().limit());
      if (arrival == Arrival.ENDED || arrival == Arrival.RESET) {
        connection.close(reason);
        return;
      }
    }
  }

  private void reject(Http1Exception e) {
    int status = e.violation().status();
    dispatcher.reports().rejected(connection, e.violation().name(), status);
    try {
      Refusals.write(status, Refusals.text(e.violation()), output.room(Refusals.MAX_SIZE));
      connection.input().position(connection.input().limit());
      end(CloseReason.PROTOCOL_VIOLATION);
    } catch (IOException gone) {
      abort(CloseReason.PEER_GONE);
    }
  }

  private void abort(CloseReason reason) {
    Http1Exchange exchange = http1.current();
    if (exchange != null) {
      dispatcher.reports().aborted(exchange.request(), 0);
      exchange.request().disconnect();
      http1.current(null);
    }
    http1.disown();
    connection.close(reason);
  }
}
