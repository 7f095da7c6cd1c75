package io.roadrunner.http2;

import io.roadrunner.hpack.HeaderSink;

/** The fields of a response head or trailer section. */
@FunctionalInterface
public interface FieldSource {

  /**
   * Hands over all fields, in order. Called once, when the header block is written, which may be
   * some time after the command.
   *
   * @param sink takes them; names are lower-case tokens, without pseudo-header fields and fields
   *     that only HTTP/1.1 has, such as connection; each char is one octet
   */
  void writeTo(HeaderSink sink);
}
