package io.roadrunner.server;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * A response as a value: status, header section, body. Immutable, so it may be kept, shared and
 * sent any number of times.
 *
 * <p>The server adds {@code date}, {@code content-length} or {@code transfer-encoding}, and {@code
 * connection}; a handler sets none of these.
 */
public final class Response {

  private static final int SWITCHING_PROTOCOLS = 101;

  private static final Headers TEXT = Headers.of("content-type", "text/plain; charset=utf-8");
  private static final Headers HTML = Headers.of("content-type", "text/html; charset=utf-8");
  private static final Headers JSON = Headers.of("content-type", "application/json");

  private final int status;
  private final Headers headers;
  private final ResponseBody body;

  private Response(int status, Headers headers, ResponseBody body) {
    // RFC 9110 §15: anything else is invalid; interim responses are sent through the request.
    boolean upgrades = status == SWITCHING_PROTOCOLS && body instanceof ResponseBody.WebSocket;
    if ((status < 200 || status > 599) && !upgrades) {
      throw new IllegalArgumentException(
          "a final response has a status of 200 to 599, not " + status);
    }
    this.status = status;
    this.headers = headers;
    this.body =
        body instanceof ResponseBody.WebSocket && !upgrades ? ResponseBody.Empty.EMPTY : body;
  }

  /**
   * {@return a 200 with text as UTF-8}
   *
   * @param text the body
   */
  public static Response text(String text) {
    return new Response(200, TEXT, utf8(text));
  }

  /**
   * {@return a 200 with HTML as UTF-8}
   *
   * @param html the body; escaping is the caller's
   */
  public static Response html(String html) {
    return new Response(200, HTML, utf8(html));
  }

  /**
   * {@return a 200 with JSON}
   *
   * @param json the body, already serialised
   */
  public static Response json(String json) {
    return new Response(200, JSON, utf8(json));
  }

  /**
   * {@return a 200 with JSON}
   *
   * @param json the body, already serialised as UTF-8; copied
   */
  public static Response json(byte[] json) {
    return new Response(200, JSON, new ResponseBody.Bytes(json.clone()));
  }

  /**
   * {@return a 200 with bytes}
   *
   * @param contentType for instance {@code application/octet-stream}
   * @param bytes the body; copied
   */
  public static Response bytes(String contentType, byte[] bytes) {
    return new Response(
        200, Headers.of("content-type", contentType), new ResponseBody.Bytes(bytes.clone()));
  }

  /**
   * {@return a response without content}
   *
   * @param status 200 to 599
   */
  public static Response empty(int status) {
    return new Response(status, Headers.empty(), ResponseBody.Empty.EMPTY);
  }

  /** {@return a 204 (No Content)} */
  public static Response noContent() {
    return empty(204);
  }

  /**
   * {@return a 302 (Found) to another place}
   *
   * @param location a URI reference; encoding is the caller's
   */
  public static Response redirect(String location) {
    return redirect(302, location);
  }

  /**
   * {@return a redirect}
   *
   * @param status 300 to 399
   * @param location a URI reference; encoding is the caller's
   */
  public static Response redirect(int status, String location) {
    if (status < 300 || status > 399) {
      throw new IllegalArgumentException("a redirect has a status of 300 to 399, not " + status);
    }
    return empty(status).with("location", location);
  }

  /**
   * {@return a 200 whose body is made while it is sent}
   *
   * @param contentType for instance {@code text/csv}
   * @param writer writes the body
   */
  public static Response stream(String contentType, ResponseBody.StreamWriter writer) {
    return new Response(
        200,
        Headers.of("content-type", contentType),
        new ResponseBody.Stream(OptionalLong.empty(), writer));
  }

  /**
   * {@return a 200 whose body is made while it is sent, of a length known beforehand}
   *
   * @param contentType for instance {@code text/csv}
   * @param length the exact number of bytes that the writer will write
   * @param writer writes the body; the response is cut off if it writes less
   */
  public static Response stream(String contentType, long length, ResponseBody.StreamWriter writer) {
    if (length < 0) {
      throw new IllegalArgumentException("length " + length);
    }
    return new Response(
        200,
        Headers.of("content-type", contentType),
        new ResponseBody.Stream(OptionalLong.of(length), writer));
  }

  /**
   * {@return a 200 with a part of a file}
   *
   * @param contentType for instance {@code image/png}
   * @param file a regular file
   * @param position the first byte
   * @param count the number of bytes; the response is cut off if the file has fewer
   */
  public static Response file(String contentType, Path file, long position, long count) {
    return new Response(
        200,
        Headers.of("content-type", contentType),
        new ResponseBody.FileRegion(file, position, count));
  }

  /**
   * {@return a response that makes a WebSocket of the request's connection, or of its stream on
   * HTTP/2, with default options}
   *
   * @param handler gets the messages
   */
  public static Response webSocket(WebSocketHandler handler) {
    return webSocket(WebSocketOptions.defaults(), handler);
  }

  /**
   * {@return a response that makes a WebSocket of the request's connection, or of its stream on
   * HTTP/2} A request that asks for no WebSocket, or not as RFC 6455 says, gets 400, 403 or 426
   * instead. For routes of GET; over HTTP/2 they also take the extended CONNECT of RFC 8441.
   *
   * <p>Headers go out with the answer. Its status is 101, on HTTP/2 200; a response that gets
   * another status is a plain one without content.
   *
   * @param options limits, origins, compression and more
   * @param handler gets the messages
   */
  public static Response webSocket(WebSocketOptions options, WebSocketHandler handler) {
    return new Response(
        SWITCHING_PROTOCOLS, Headers.empty(), new ResponseBody.WebSocket(options, handler));
  }

  private static ResponseBody.Bytes utf8(String text) {
    return new ResponseBody.Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** {@return the status code} */
  public int status() {
    return status;
  }

  /** {@return the header section, without what the server adds} */
  public Headers headers() {
    return headers;
  }

  /** {@return the body} */
  public ResponseBody body() {
    return body;
  }

  /**
   * {@return this response with another status}
   *
   * @param newStatus 200 to 599; a WebSocket's own is 101
   */
  public Response status(int newStatus) {
    return new Response(newStatus, headers, body);
  }

  /**
   * {@return this response with one more header}
   *
   * @param name a token
   * @param value Latin-1 without controls
   * @throws IllegalArgumentException if name or value may not stand in a field line
   */
  public Response with(String name, String value) {
    return headers(headers.with(name, value));
  }

  /**
   * {@return this response with another header section}
   *
   * @param newHeaders the whole header section
   * @throws IllegalArgumentException if a name or a value may not stand in a field line
   */
  public Response headers(Headers newHeaders) {
    return new Response(status, Headers.copyOf(newHeaders), body);
  }

  /**
   * {@return this response with another body}
   *
   * @param newBody the body
   */
  public Response body(ResponseBody newBody) {
    return new Response(status, headers, newBody);
  }
}
