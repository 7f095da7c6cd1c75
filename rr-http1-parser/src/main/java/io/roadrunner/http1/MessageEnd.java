package io.roadrunner.http1;

/**
 * The message is complete.
 *
 * @param trailers the trailer fields of a chunked body, otherwise empty. They are kept apart from
 *     the fields of the head (RFC 9110 §6.5.1): whoever wants to use one decides that by its name
 */
public record MessageEnd(FieldLines trailers) implements Http1Event {
  static final MessageEnd NO_TRAILERS = new MessageEnd(FieldLines.empty());
}
