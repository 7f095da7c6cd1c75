package io.roadrunner.http1;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Generates messages, good ones and nearly good ones. */
final class Messages {
  private Messages() {}

  /** A field line that steers nothing, or one that steers much. */
  private static Arbitrary<String> fieldLine() {
    Arbitrary<String> name =
        Arbitraries.strings().withChars("abcXYZ019-_!~").ofMinLength(1).ofMaxLength(12);
    Arbitrary<String> value =
        Arbitraries.strings().withChars("ab 9\t\u00E4\u00FF:;,\"=/").ofMaxLength(20);
    Arbitrary<String> plain = Combinators.combine(name, value).as((n, v) -> n + ": " + v);
    Arbitrary<String> special =
        Arbitraries.of(
            "Connection: close",
            "Connection: keep-alive, Upgrade",
            "Upgrade: websocket",
            "Expect: 100-continue",
            "Accept:*/*",
            "Cookie: a=b; c=d");
    return Arbitraries.frequencyOf(Tuple.of(3, plain), Tuple.of(1, special));
  }

  private static Arbitrary<String> fieldLines() {
    return fieldLine().map(line -> line + "\r\n").list().ofMaxSize(6).map(Messages::concat);
  }

  static String concat(List<String> parts) {
    return String.join("", parts);
  }

  /** Framing field and body. */
  private static Arbitrary<List<String>> body() {
    Arbitrary<String> data = Arbitraries.strings().withCharRange('\0', '\u00FF').ofMaxLength(40);
    Arbitrary<List<String>> none =
        Arbitraries.of(List.of("", ""), List.of("Content-Length: 0\r\n", ""));
    Arbitrary<List<String>> length =
        data.map(bytes -> List.of("Content-Length: " + bytes.length() + "\r\n", bytes));
    Arbitrary<String> trailers = Arbitraries.of("", "A: b\r\n", "Content-Length: 3\r\nX:y\r\n");
    Arbitrary<List<String>> chunked =
        Combinators.combine(chunk().list().ofMaxSize(4).map(Messages::concat), trailers)
            .as(
                (chunks, fields) ->
                    List.of("Transfer-Encoding: chunked\r\n", chunks + "0\r\n" + fields + "\r\n"));
    return Arbitraries.oneOf(none, length, chunked);
  }

  private static Arbitrary<String> chunk() {
    Arbitrary<String> data =
        Arbitraries.strings().withCharRange('\0', '\u00FF').ofMinLength(1).ofMaxLength(30);
    Arbitrary<String> extension = Arbitraries.of("", "", ";a", ";a=b", ";a=\"b;c\"", " ; a = b");
    return Combinators.combine(data, extension)
        .as((bytes, text) -> Integer.toHexString(bytes.length()) + text + "\r\n" + bytes + "\r\n");
  }

  /** One request that is in order. */
  static Arbitrary<String> request() {
    Arbitrary<String> method =
        Arbitraries.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "QUERY");
    Arbitrary<String> path =
        Arbitraries.strings()
            .withChars("ab/.-~%")
            .ofMaxLength(20)
            .map(p -> "/" + p.replace("%", "%4a"));
    Arbitrary<String> query = Arbitraries.of("", "?", "?a=b&c=%20", "?x[]=1");
    Arbitrary<String> host = Arbitraries.of("h", "localhost:8080", "[::1]:80", "a.example");
    return Combinators.combine(method, path, query, host, fieldLines(), body())
        .as(
            (m, p, q, h, fields, body) ->
                m
                    + " "
                    + p
                    + q
                    + " HTTP/1.1\r\nHost: "
                    + h
                    + "\r\n"
                    + fields
                    + body.get(0)
                    + "\r\n"
                    + body.get(1));
  }

  /** Up to three requests in a row. */
  static Arbitrary<String> requests() {
    return request().list().ofMinSize(1).ofMaxSize(3).map(Messages::concat);
  }

  /** One response that is in order and does not end with the connection. */
  static Arbitrary<String> response() {
    Arbitrary<String> status =
        Arbitraries.of("100 Continue", "200 OK", "204 ", "304 \u00E4", "404 Not Found");
    return Combinators.combine(status, fieldLines(), body())
        .as(
            (line, fields, body) -> {
              boolean bodiless =
                  (line.charAt(0) != '2' && line.charAt(0) != '4') || line.startsWith("204");
              String head = "HTTP/1.1 " + line + "\r\n" + fields;
              return bodiless ? head + "\r\n" : head + body.get(0) + "\r\n" + body.get(1);
            });
  }

  /** A text with a few places changed, in ways that matter to HTTP. */
  static Arbitrary<String> damaged(Arbitrary<String> texts) {
    Arbitrary<String> rubbish =
        Arbitraries.of(
            "",
            "\r",
            "\n",
            "\r\n",
            "\0",
            " ",
            "\t",
            ":",
            ";",
            "\"",
            ",",
            "0",
            "-",
            "+",
            "\\",
            "\u00FF",
            "a",
            "HTTP/1.0",
            "HTTP/2.0",
            "Content-Length: 5\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Host: x\r\n",
            "chunked",
            "\r\n ",
            "\r\n\r\n");
    return Combinators.combine(
            texts,
            rubbish,
            Arbitraries.integers().between(0, 10_000),
            Arbitraries.integers().between(0, 3))
        .as(
            (text, inserted, place, removed) -> {
              int at = place % text.length();
              return text.substring(0, at)
                  + inserted
                  + text.substring(Math.min(text.length(), at + removed));
            });
  }
}
