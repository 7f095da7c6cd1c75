package io.roadrunner.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RequestLineTest {
  @Test
  void smoke() {
    String text =
        String.join(
            "\r\n",
            "POST /a%20b?c=d HTTP/1.1",
            "Host: localhost:80",
            "Transfer-Encoding: chunked",
            "",
            "5;a=\"x\"",
            "hello",
            "0",
            "X: y ",
            "",
            "GET / HTTP/1.0",
            "",
            "G");
    for (Feed.Kind kind : Feed.Kind.values()) {
      System.out.println(Feed.requests(kind).addAll(text).log());
      assertEquals(
          Feed.requests(kind).addAll(text).log(),
          Feed.requests(kind).addSingly(Feed.bytes(text)).log());
    }
  }
}
