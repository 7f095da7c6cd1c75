package io.roadrunner.server.http2;

import io.roadrunner.server.Headers;
import io.roadrunner.server.Response;
import java.nio.ByteBuffer;

/** What the thread of a handler asks the loop to do with its stream. */
sealed interface Command {

  /** Returns the stream. */
  StreamRun stream();

  /** An interim response. */
  record Interim(StreamRun stream, int status, Headers headers) implements Command {}

  /** A whole response without a body that takes time; the last command. */
  record Answer(StreamRun stream, Response response) implements Command {}

  /** The head of a response whose body follows in parts. */
  record Begin(StreamRun stream, Response response) implements Command {}

  /** A part of the body, lent until {@link StreamOutput#released} says that it has left. */
  record Part(StreamRun stream, ByteBuffer data) implements Command {}

  /** The end of a body that was sent in parts; the last command. */
  record Finish(StreamRun stream, Headers trailers) implements Command {}

  /** The response cannot be completed; the last command. */
  record Abort(StreamRun stream) implements Command {}

  /** Something that is to be done on the loop. */
  record Task(StreamRun stream, Runnable action) implements Command {}

  /** The handler has read so much of the request's body. */
  record Consumed(StreamRun stream, int bytes) implements Command {}
}
