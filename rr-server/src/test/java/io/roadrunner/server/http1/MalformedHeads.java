package io.roadrunner.server.http1;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Heads that must be refused: row of the catalogue, what is wrong, status, bytes. */
final class MalformedHeads {

  private static final String LINE = "GET / HTTP/1.1\r\n";

  private MalformedHeads() {}

  private static Arguments head(String row, String what, int status, String bytes) {
    return Arguments.of(row, what, status, bytes);
  }

  /** A GET with these field lines, each with its own end, besides Host. */
  private static Arguments fields(String row, String what, int status, String lines) {
    return head(row, what, status, LINE + "Host: x\r\n" + lines + "\r\n");
  }

  /** A POST with these field lines and no body. */
  private static Arguments framed(String row, String what, int status, String lines) {
    return head(row, what, status, "POST / HTTP/1.1\r\nHost: x\r\n" + lines + "\r\n\r\n");
  }

  private static Arguments line(String row, String what, int status, String requestLine) {
    return head(row, what, status, requestLine + "\r\nHost: x\r\n\r\n");
  }

  private static Arguments host(String what, String lines) {
    return head("P16", what, 400, LINE + lines + "\r\n");
  }

  static Stream<Arguments> syntax() {
    return Stream.of(lines(), requestLines(), hostsAndSizes()).flatMap(rows -> rows);
  }

  private static Stream<Arguments> lines() {
    return Stream.of(
        head("P01", "bare LF ends the request line", 400, "GET / HTTP/1.1\nHost: x\r\n\r\n"),
        fields("P01", "bare LF ends a field line", 400, "A: b\n"),
        fields("P02", "bare CR in a value", 400, "Foo: 1\rBar: 2\r\n"),
        head("P02", "bare CR in the request line", 400, "GET /\r HTTP/1.1\r\n\r\n"),
        head("P03", "CR CR CR", 400, LINE + "Host: x\r\r\r"),
        head("P03", "CR LF CR X", 400, LINE + "Host: x\r\n\rX"),
        head("P04", "NUL before the request line", 400, "\0" + LINE + "Host: x\r\n\r\n"),
        head("P04", "space before the request line", 400, " " + LINE + "Host: x\r\n\r\n"),
        head("P04", "too many empty lines", 400, "\r\n".repeat(9) + LINE),
        head("P05", "space before the first field", 400, LINE + " Host: x\r\n\r\n"),
        fields("P06", "folded line", 400, "A: b\r\n c\r\n"),
        fields("P07", "space before the colon", 400, "A : b\r\n"),
        fields("P08", "empty name", 400, ": b\r\n"),
        fields("P08", "no colon", 400, "abc\r\n"),
        fields("P09", "no token as name", 400, "A(b: c\r\n"),
        fields("P09", "obs-text in a name", 400, "A\u00e9: c\r\n"),
        fields("P10", "NUL in a value", 400, "A: b\0c\r\n"),
        fields("P10", "DEL in a value", 400, "A: b\u007fc\r\n"));
  }

  private static Stream<Arguments> requestLines() {
    return Stream.of(
        line("P11", "two spaces", 400, "GET  / HTTP/1.1"),
        line("P11", "tab as delimiter", 400, "GET\t/ HTTP/1.1"),
        line("P11", "space in the target", 400, "GET /a b HTTP/1.1"),
        line("P11", "space at the end", 400, "GET / HTTP/1.1 "),
        line("P12", "fragment", 400, "GET /#a HTTP/1.1"),
        line("P12", "raw obs-text", 400, "GET /\u00e9 HTTP/1.1"),
        line("P12", "backslash", 400, "GET /a\\b HTTP/1.1"),
        line("P12", "quote", 400, "GET /\"a HTTP/1.1"),
        line("P12", "no slash", 400, "GET a HTTP/1.1"),
        line("P13", "HTTP/0.9", 400, "GET /"),
        line("P13", "HTTP/1", 400, "GET / HTTP/1"),
        line("P13", "HTTP/1.10", 400, "GET / HTTP/1.10"),
        line("P13", "lower case", 400, "GET / http/1.1"),
        line("P13", "another protocol", 400, "GET / RTSP/1.0"),
        line("P13", "another major version", 505, "GET / HTTP/2.0"));
  }

  private static Stream<Arguments> hostsAndSizes() {
    return Stream.of(
        host("no Host", ""),
        host("Host twice", "Host: x\r\nHost: x\r\n"),
        host("two Hosts", "Host: x\r\nHost: y\r\n"),
        host("list", "Host: a, b\r\n"),
        host("user info", "Host: u@h\r\n"),
        host("path", "Host: h/p\r\n"),
        host("port too large", "Host: h:99999\r\n"),
        host("port no number", "Host: h:x\r\n"),
        host("open bracket", "Host: [::1\r\n"),
        host("NUL", "Host: a\0b\r\n"),
        line("P17", "authority of the target is another", 400, "GET http://y/ HTTP/1.1"),
        line("P18", "asterisk with GET", 400, "GET * HTTP/1.1"),
        line("P18", "authority form with GET", 400, "GET x:80 HTTP/1.1"),
        line("P21", "request line too long", 414, "GET /" + "a".repeat(9000) + " HTTP/1.1"),
        fields("P21", "field line too long", 431, "A: " + "a".repeat(9000) + "\r\n"),
        fields("P21", "block too large", 431, ("A: " + "a".repeat(4000) + "\r\n").repeat(6)),
        fields("P22", "101 lines of one name", 431, "A: b\r\n".repeat(101)),
        fields("P25", "10^4 digits", 431, "Content-Length: " + "1".repeat(10_000) + "\r\n"));
  }

  static Stream<Arguments> framing() {
    return Stream.concat(codings(), lengths());
  }

  private static Stream<Arguments> codings() {
    String te = "Transfer-Encoding: ";
    String cl = "Content-Length: 5";
    return Stream.concat(
        Stream.of(
            framed("F01", "CL.TE", 400, cl + "\r\n" + te + "chunked"),
            framed("F01", "TE.CL", 400, te + "chunked\r\n" + cl),
            framed("F02", "two lines", 400, te + "chunked\r\n" + te + "chunked"),
            framed("F02", "one unknown coding", 501, te + "xchunked"),
            head("F03", "HTTP/1.0", 400, "POST / HTTP/1.0\r\n" + te + "chunked\r\n\r\n"),
            framed("F04", "VT behind the name", 400, "Transfer-Encoding\u000b: chunked")),
        Stream.of(
                "chunked, chunked",
                "chunked, identity",
                "chunked;a=b",
                "\"chunked\"",
                ",chunked",
                "chunked,",
                "",
                "chun\u000bked",
                "chunked\u00ff")
            .map(value -> framed("F02", "\"" + value + '"', 400, te + value)));
  }

  private static Stream<Arguments> lengths() {
    return Stream.concat(
        Stream.of(
                "+5",
                "-1",
                "-0",
                "5a",
                "0x5",
                "0o5",
                "1_0",
                "1 0",
                "1e3",
                "",
                "9223372036854775808",
                "1".repeat(100),
                "\u00b2",
                "5, 5",
                "5, 6")
            .map(value -> framed("F05", '"' + value + '"', 400, "Content-Length: " + value)),
        Stream.of(
            framed("F06", "twice the same", 400, "Content-Length: 5\r\nContent-Length: 5"),
            framed("F06", "two", 400, "Content-Length: 5\r\nContent-Length: 6")));
  }
}
