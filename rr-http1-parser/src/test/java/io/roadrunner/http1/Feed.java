package io.roadrunner.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Feeds bytes to a parser in pieces and writes down what happens, one line per event. Body pieces
 * that follow each other are joined, since where they are cut depends on the pieces.
 */
final class Feed {
  /** What kind of buffer the parser is given. */
  enum Kind {
    ARRAY {
      @Override
      ByteBuffer buffer(byte[] bytes, int length) {
        return ByteBuffer.wrap(bytes.clone(), 0, length);
      }
    },
    SHIFTED_ARRAY {
      @Override
      ByteBuffer buffer(byte[] bytes, int length) {
        ByteBuffer buffer = ByteBuffer.allocate(length + 9);
        buffer.put(5, bytes, 0, length);
        return buffer.slice(2, length + 5).position(3).limit(length + 3);
      }
    },
    DIRECT {
      @Override
      ByteBuffer buffer(byte[] bytes, int length) {
        return ByteBuffer.allocateDirect(length).put(bytes, 0, length).flip();
      }
    },
    READ_ONLY {
      @Override
      ByteBuffer buffer(byte[] bytes, int length) {
        return ARRAY.buffer(bytes, length).asReadOnlyBuffer();
      }
    };

    abstract ByteBuffer buffer(byte[] bytes, int length);
  }

  private final Http1Parser parser;
  private final Kind kind;
  private final List<String> log = new ArrayList<>();
  private final StringBuilder body = new StringBuilder();
  private byte[] unread = new byte[0];
  private boolean failed;

  Feed(Http1Parser parser, Kind kind) {
    this.parser = parser;
    this.kind = kind;
  }

  static Feed requests(Kind kind) {
    return new Feed(Http1Parser.forRequests(Http1Limits.defaults()), kind);
  }

  static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  /** Gives the parser the unread bytes and these, and takes events until it needs more. */
  Feed add(byte[] piece, int from, int to) {
    if (failed) {
      return this;
    }
    byte[] all = new byte[unread.length + to - from];
    System.arraycopy(unread, 0, all, 0, unread.length);
    System.arraycopy(piece, from, all, unread.length, to - from);
    ByteBuffer in = kind.buffer(all, all.length);
    try {
      while (take(parser.next(in)) && !parser.switchedProtocols()) {}
    } catch (Http1Exception e) {
      flushBody();
      log.add(e.violation().name());
      failed = true;
      return this;
    }
    unread = new byte[in.remaining()];
    in.get(unread);
    return this;
  }

  Feed addAll(String text) {
    return add(bytes(text), 0, text.length());
  }

  /** Gives the parser one byte after the other. */
  Feed addSingly(byte[] text) {
    for (int i = 0; i < text.length && !parser.switchedProtocols(); i++) {
      add(text, i, i + 1);
    }
    return this;
  }

  Feed close() {
    if (!failed) {
      try {
        take(parser.close());
      } catch (Http1Exception e) {
        flushBody();
        log.add(e.violation().name());
        failed = true;
      }
    }
    return this;
  }

  /** Whether to go on. */
  private boolean take(Http1Event event) {
    switch (event) {
      case NeedInput needInput -> {
        return false;
      }
      case BodyBytes bytes -> {
        if (!bytes.view().hasRemaining()) {
          throw new AssertionError("empty piece of body");
        }
        body.append(ISO_8859_1.decode(bytes.view()));
      }
      case RequestHead head -> log.add(describe(head));
      case ResponseHead head -> log.add(describe(head));
      case MessageEnd end -> {
        flushBody();
        log.add("end " + end.trailers());
      }
    }
    return true;
  }

  private void flushBody() {
    if (!body.isEmpty()) {
      log.add("body " + body);
      body.setLength(0);
    }
  }

  private static String describe(RequestHead head) {
    return String.join(
        " | ",
        head.toString(),
        head.target().toString(),
        head.path(),
        head.query().toString(),
        head.authority(),
        head.fields().toString(),
        head.framing().toString(),
        head.persistence().toString(),
        head.expectation().toString(),
        head.upgradeProtocols().toString());
  }

  private static String describe(ResponseHead head) {
    return String.join(
        " | ",
        head.toString(),
        head.fields().toString(),
        head.framing().toString(),
        head.persistence().toString());
  }

  /** The events so far, and how many bytes are left unread. A fault leaves none. */
  List<String> log() {
    List<String> result = new ArrayList<>(log);
    if (!failed) {
      if (!body.isEmpty()) {
        result.add("body so far " + body);
      }
      result.add("unread " + new String(unread, ISO_8859_1));
    }
    return result;
  }
}
