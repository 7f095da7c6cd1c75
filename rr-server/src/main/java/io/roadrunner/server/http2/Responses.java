package io.roadrunner.server.http2;

import io.roadrunner.http2.Http2Connection;
import io.roadrunner.http2.frame.EndStream;
import io.roadrunner.http2.frame.ErrorCode;
import io.roadrunner.server.Headers;
import io.roadrunner.server.Response;
import io.roadrunner.server.ResponseBody;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Gives responses to the engine: heads at once, content as the engine takes it. For the loop. */
final class Responses {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final int BULK_BYTES = 8 << 10;

  private final Http2Connection engine;
  private final StreamTable table;
  private boolean bulk;

  Responses(Http2Connection engine, StreamTable table) {
    this.engine = engine;
    this.table = table;
  }

  /** Tells whether the last content that was queued is large. */
  boolean isBulk() {
    return bulk;
  }

  /** Answers what does not become a request. */
  void refuse(int id, EndStream endStream, Response response) {
    if (response.body() instanceof ResponseBody.Bytes body) {
      ResponseFields fields = new ResponseFields(response.headers(), body.length());
      engine.sendHeaders(id, response.status(), fields, EndStream.NO);
      engine.sendData(id, body.asByteBuffer(), EndStream.YES);
    }
    if (endStream == EndStream.NO) {
      engine.reset(id, ErrorCode.NO_ERROR);
    }
  }

  void interim(StreamRun stream, int status, Headers headers) {
    if (stream.sending().response().isEmpty()) {
      engine.sendInterim(stream.id(), status, ResponseFields.plain(headers));
    }
  }

  /** Gives a response that is there as a whole to the engine. */
  void whole(StreamRun stream, Response response) {
    if (!table.has(stream)) {
      return;
    }
    ResponseFields fields;
    Response sent = response;
    try {
      fields = ResponseShape.fields(stream, response);
    } catch (IllegalStateException e) {
      stream.failed(e);
      sent = Response.text("Internal Server Error\n").status(500);
      fields = ResponseShape.fields(stream, sent);
    }
    stream.sending().response(sent);
    if (sent.body() instanceof ResponseBody.Bytes bytes
        && bytes.length() > 0
        && ResponseShape.hasContent(stream, sent)) {
      engine.sendHeaders(stream.id(), sent.status(), fields, EndStream.NO);
      stream.sending().waiting().add(bytes.asByteBuffer());
      finish(stream, Headers.empty());
    } else {
      engine.sendHeaders(stream.id(), sent.status(), fields, EndStream.YES);
      ended(stream);
    }
  }

  /** Sends the head of a response whose content follows. */
  void begin(StreamRun stream, Response response) {
    stream.sending().response(response);
    ResponseFields fields = ResponseShape.fields(stream, response);
    engine.sendHeaders(stream.id(), response.status(), fields, EndStream.NO);
  }

  /** Sends the head after which the stream belongs to another protocol (RFC 8441 §4). */
  void tunnel(StreamRun stream, Headers headers) {
    stream.sending().response(Response.empty(200).headers(headers));
    ResponseFields fields = new ResponseFields(headers, ResponseFields.UNKNOWN);
    engine.sendHeaders(stream.id(), 200, fields, EndStream.NO);
  }

  void part(StreamRun stream, ByteBuffer data) {
    stream.sending().waiting().add(data);
    offer(stream);
  }

  void finish(StreamRun stream, Headers trailers) {
    stream.sending().finish(trailers);
    offer(stream);
  }

  /** Gives the engine as much content as it takes. */
  void offer(StreamRun stream) {
    StreamSending sending = stream.sending();
    Optional<Headers> end = sending.end();
    boolean trailers = end.isPresent() && end.get().size() > 0;
    ByteBuffer data;
    while ((data = sending.waiting().peek()) != null) {
      boolean last = end.isPresent() && !trailers && sending.waiting().size() == 1;
      bulk = data.remaining() >= BULK_BYTES;
      sending.lent(engine.sendData(stream.id(), data, last ? EndStream.YES : EndStream.NO));
      if (data.hasRemaining()) {
        return;
      }
      sending.waiting().remove();
      if (last) {
        ended(stream);
        return;
      }
    }
    if (end.isPresent() && table.has(stream)) {
      if (trailers) {
        engine.sendTrailers(stream.id(), ResponseFields.plain(end.get()));
      } else {
        engine.sendData(stream.id(), NOTHING.duplicate(), EndStream.YES);
      }
      ended(stream);
    }
  }

  /** The end of the response is queued: a request that is still coming is not wanted any more. */
  private void ended(StreamRun stream) {
    if (stream.requestIsOpen()) {
      // RFC 9113 §8.1
      engine.reset(stream.id(), ErrorCode.NO_ERROR);
    }
  }
}
