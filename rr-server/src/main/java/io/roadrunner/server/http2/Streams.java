package io.roadrunner.server.http2;

import io.roadrunner.http2.Http2Connection;
import io.roadrunner.http2.Http2Event;
import io.roadrunner.http2.RequestHead;
import io.roadrunner.http2.frame.EndStream;
import io.roadrunner.http2.frame.ErrorCode;
import io.roadrunner.server.RequestBodyException;
import io.roadrunner.server.Response;
import io.roadrunner.server.ResponseBody;
import io.roadrunner.server.net.Connection;
import io.roadrunner.server.net.TlsPeer;
import io.roadrunner.server.pipeline.Dispatcher;
import io.roadrunner.server.pipeline.Upgrades;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The requests of one connection: opens them, lets handlers run, and carries out what these want.
 * Belongs to the loop, except {@link #post}.
 */
final class Streams {

  private static final String CUT_OFF = "the response was cut off";

  private final Http2Connection engine;
  private final Connection connection;
  private final Http2Settings settings;
  private final Runnable afterCommands;
  private final StreamTable table = new StreamTable();
  private final Responses responses;
  private final StreamDeadlines deadlines;
  private final Queue<Command> commands = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final List<StreamInput> arrived = new ArrayList<>();
  private int running;

  /**
   * Creates them.
   *
   * @param afterCommands runs on the loop when commands wait to be carried out
   */
  Streams(
      Http2Connection engine,
      Connection connection,
      Http2Settings settings,
      Runnable afterCommands) {
    this.engine = engine;
    this.connection = connection;
    this.settings = settings;
    this.afterCommands = afterCommands;
    this.responses = new Responses(engine, table);
    this.deadlines = new StreamDeadlines(this);
  }

  Connection connection() {
    return connection;
  }

  Http2Settings settings() {
    return settings;
  }

  Dispatcher dispatcher() {
    return settings.dispatcher();
  }

  private boolean isMisdirected(RequestHead head) {
    Optional<TlsPeer> peer = connection.tls();
    return peer.isPresent() && !peer.get().answersFor(head.authority());
  }

  long nextExchangeNumber() {
    return (connection.number() << 32) | (connection.countRequest() & 0xffff_ffffL);
  }

  /** Tells whether no request is being answered, nor any handler running. */
  boolean isEmpty() {
    return table.count() == 0 && running == 0;
  }

  Responses responses() {
    return responses;
  }

  // Requests.

  void begin(Http2Event.RequestHeaders event, long nowNanos) {
    int id = event.streamId();
    if (event.head().method().equals("CONNECT")
        && !event.head().protocol().equalsIgnoreCase("websocket")) {
      // RFC 9110 §9.3.6: an origin server that makes no tunnels.
      boolean plain = event.head().protocol().isEmpty();
      refuse(id, event.endStream(), plain ? Http2Refusals.connect() : Http2Refusals.notSpoken());
      return;
    }
    boolean ended = event.endStream() == EndStream.YES;
    OptionalLong length = ended ? OptionalLong.of(0) : Http2Refusals.contentLength(event.head());
    StreamRun stream = new StreamRun(id, this, event.head(), length, nowNanos);
    table.add(stream);
    Response refusal =
        isMisdirected(event.head())
            ? Http2Refusals.misdirected()
            : Http2Refusals.of(stream, event.head(), length);
    if (refusal != null) {
      reject(stream, refusal);
    } else if (!stream.isInline()) {
      start(stream, nowNanos);
    } else if (stream.input() == null) {
      handleInline(stream, nowNanos);
    } else {
      stream.sendContinue();
    }
  }

  private void start(StreamRun stream, long nowNanos) {
    // Handlers of streams that were reset count until they end: RFC 9113 §10.5.
    boolean admitted = running < settings.http2().maxConcurrentStreams() && dispatcher().tryEnter();
    if (!admitted) {
      dispatcher().reports().throttled(stream.request());
      table.remove(stream.id());
      engine.reset(stream.id(), ErrorCode.REFUSED_STREAM);
      return;
    }
    run(stream, nowNanos);
  }

  private void run(StreamRun stream, long nowNanos) {
    running++;
    stream.sending().run(nowNanos);
    connection.loop().startSoon(stream);
  }

  private void handleInline(StreamRun stream, long nowNanos) {
    Response response = dispatcher().handle(stream.request());
    if (stream.takesTime(response)) {
      stream.ready(response);
      dispatcher().enter();
      run(stream, nowNanos);
    } else {
      answer(stream, response);
    }
  }

  private void answer(StreamRun stream, Response response) {
    StreamTunnel tunnel = stream.tunnel();
    boolean wantsTunnel = response.body() instanceof ResponseBody.WebSocket;
    if (!table.has(stream) || (tunnel == null && !wantsTunnel)) {
      responses.whole(stream, response);
      return;
    }
    switch (settings.upgrades().of(stream.request(), response)) {
      case Upgrades.Outcome.Declined declined -> {
        // RFC 8441 §5: with 2xx the peer would take the stream for a tunnel.
        boolean misleading = declined.response().status() < 300;
        responses.whole(stream, misleading ? Http2Refusals.notSpoken() : declined.response());
      }
      case Upgrades.Outcome.Agreed agreed -> {
        responses.tunnel(stream, agreed.headers());
        reportSent(stream);
        Objects.requireNonNull(tunnel).open(agreed.end());
      }
    }
  }

  /** Lets the peer send that much more. */
  void consumed(StreamRun stream, int bytes) {
    engine.consumed(stream.id(), bytes);
  }

  /** Returns how much is on its way to the peer. */
  int unsent(StreamRun stream) {
    return engine.queuedBytes(stream.id()) + stream.sending().waitingBytes();
  }

  /** Answers what does not become a request. */
  void refuse(int id, EndStream endStream, Response response) {
    dispatcher().reports().rejected(connection, "REFUSED", response.status());
    responses.refuse(id, endStream, response);
  }

  void content(Http2Event.Data event) {
    StreamRun stream = table.get(event.streamId());
    if (stream != null && stream.tunnel() != null) {
      engine.consumed(event.streamId(), event.flowControlledBytes() - event.data().remaining());
      stream.tunnel().arrived(event.data());
      return;
    }
    StreamInput input = stream == null ? null : stream.input();
    if (stream == null || input == null) {
      engine.consumed(event.streamId(), event.flowControlledBytes());
      return;
    }
    int bytes = event.data().remaining();
    boolean fits = input.offer(event.data());
    if (arrived.isEmpty() || arrived.getLast() != input) {
      arrived.add(input);
    }
    // What a handler on the loop gets has to arrive before it runs.
    int kept = stream.isInline() ? 0 : bytes;
    engine.consumed(event.streamId(), event.flowControlledBytes() - kept);
    if (!fits && stream.isInline() && stream.sending().response().isEmpty()) {
      reject(stream, Http2Refusals.tooLarge(stream.maxBodyBytes()));
    }
  }

  /** All that has been read was dealt with: handlers go on that wait for content. */
  void announceContent() {
    arrived.forEach(StreamInput::announce);
    arrived.clear();
  }

  void requestEnded(int id, io.roadrunner.http2.Fields trailers, long nowNanos) {
    StreamRun stream = table.get(id);
    if (stream != null && stream.tunnel() != null) {
      stream.tunnel().inputEnded();
      return;
    }
    StreamInput input = stream == null ? null : stream.input();
    if (stream == null || input == null) {
      return;
    }
    input.complete(trailers);
    if (stream.isInline() && stream.sending().response().isEmpty()) {
      handleInline(stream, nowNanos);
    }
  }

  /** The peer will send nothing more: what is incomplete stays so. */
  void inputEnded() {
    table.forEach(
        stream -> {
          if (stream.tunnel() != null) {
            cancel(stream, new IOException("the peer has gone away"));
          } else if (stream.input() != null) {
            stream.input().fail(new RequestBodyException(400, "the body was cut off"));
          }
        });
  }

  // Commands.

  /** Asks the loop for something; any thread. */
  void post(Command command) {
    commands.add(command);
    if (scheduled.compareAndSet(false, true)) {
      connection.loop().execute(afterCommands);
    }
  }

  /** Carries out what has been asked for. */
  void carryOut() {
    scheduled.set(false);
    Command command;
    while ((command = commands.poll()) != null) {
      apply(command);
    }
  }

  void apply(Command command) {
    StreamRun stream = command.stream();
    switch (command) {
      case Command.Interim interim ->
          responses.interim(stream, interim.status(), interim.headers());
      case Command.Task task -> task.action().run();
      case Command.Consumed consumed -> engine.consumed(stream.id(), consumed.bytes());
      case Command.Begin begin -> responses.begin(stream, begin.response());
      case Command.Part part -> responses.part(stream, part.data());
      case Command.Answer answer -> {
        stopped(stream);
        answer(stream, answer.response());
      }
      case Command.Finish finish -> {
        stopped(stream);
        responses.finish(stream, finish.trailers());
      }
      case Command.Abort abort -> {
        stopped(stream);
        abort(stream, ErrorCode.INTERNAL_ERROR, CUT_OFF);
      }
    }
  }

  private void stopped(StreamRun stream) {
    running--;
    stream.sending().stop();
    if (!table.has(stream)) {
      reportAborted(stream);
    }
  }

  // What becomes of them.

  void writable(int id) {
    StreamRun stream = table.get(id);
    if (stream != null) {
      stream.released(stream.sending().takeLent());
      responses.offer(stream);
      if (stream.tunnel() != null) {
        stream.tunnel().sent();
      }
    }
  }

  void sent(int id) {
    StreamRun stream = table.get(id);
    if (stream == null) {
      return;
    }
    table.remove(id);
    StreamSending sending = stream.sending();
    stream.released(sending.takeLent());
    if (stream.tunnel() != null) {
      stream.tunnel().close();
    }
    reportSent(stream);
  }

  private void reportSent(StreamRun stream) {
    StreamSending sending = stream.sending();
    Response response = sending.response().orElseThrow();
    if (sending.reportOnce()) {
      dispatcher()
          .reports()
          .stopped(
              stream.request(),
              response.status(),
              response.body(),
              stream.bodyBytes(),
              sending.bytes());
    }
  }

  /** The peer does not want a stream any more, or may not have it. */
  void cancel(int id, String why) {
    StreamRun stream = table.get(id);
    if (stream != null) {
      cancel(stream, new IOException(why));
    }
  }

  private void cancel(StreamRun stream, IOException cause) {
    table.remove(stream.id());
    stream.cancel(cause);
    if (!stream.sending().isRunning()) {
      reportAborted(stream);
    }
  }

  void cancelAll(String why) {
    table.forEach(stream -> cancel(stream, new IOException(why)));
  }

  /** Ends a stream before its time. */
  void abort(StreamRun stream, ErrorCode code, String why) {
    if (table.has(stream)) {
      engine.reset(stream.id(), code);
      cancel(stream, new IOException(why));
    }
  }

  private void reportAborted(StreamRun stream) {
    if (stream.sending().reportOnce()) {
      int status = stream.sending().response().map(Response::status).orElse(0);
      dispatcher().reports().aborted(stream.request(), status);
    }
  }

  /** Tells protocols other than HTTP that they should come to an end. */
  void drain(long nowNanos) {
    table.forEach(
        stream -> {
          if (stream.tunnel() != null) {
            stream.tunnel().drain(nowNanos);
          }
        });
  }

  /** Looks for handlers that take too long, and for peers that do not send or read. */
  void tick(long nowNanos) {
    if (table.count() == 0) {
      table.trim();
      return;
    }
    table.forEach(stream -> deadlines.look(stream, nowNanos));
  }

  /** Answers for a handler that will not run, while its request is still coming. */
  void reject(StreamRun stream, Response response) {
    dispatcher().reports().rejected(connection, "REFUSED", response.status());
    responses.whole(stream, response);
  }
}
