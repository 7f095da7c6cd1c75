package io.roadrunner.server.cli;

import io.roadrunner.server.Handler;
import io.roadrunner.server.Request;
import io.roadrunner.server.Response;
import io.roadrunner.server.Route;
import io.roadrunner.server.Routes;
import io.roadrunner.server.StaticFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/** The routes of {@code rr serve}. */
final class ServePages {

  private static final Response HELLO = Response.text("Hello, World!");
  private static final int STREAM_LINES = 10;
  private static final int STREAM_PAUSE_MILLIS = 100;
  private static final int ECHO_BUFFER_BYTES = 16 << 10;

  private final LiveStatus status;
  private final WelcomePage welcome;

  private ServePages(ServeOptions options, LiveStatus status) {
    this.status = status;
    this.welcome = new WelcomePage(options);
  }

  /**
   * Returns the routes.
   *
   * @throws IllegalArgumentException if the root is no directory
   */
  static Routes routes(ServeOptions options, LiveStatus status) {
    ServePages pages = new ServePages(options, status);
    Chat chat = new Chat();
    Routes.Builder routes =
        Routes.builder()
            .add(Route.get("/plain", request -> HELLO).inline())
            .get("/hello", request -> HELLO)
            .get("/stream", request -> stream())
            .post("/echo", ServePages::echo)
            .add(Route.get("/ws/echo", request -> EchoSocket.response()).inline())
            .get("/chat", request -> chat.show())
            .get("/ws/chat", request -> chat.join())
            .get("/status", pages::page)
            .get("/status.json", request -> pages.json());
    options
        .root()
        .ifPresentOrElse(
            root -> routes.get("/*path", pages.files(StaticFiles.below(root))),
            () -> routes.get("/", pages::page));
    return routes.build();
  }

  private Response page(Request request) {
    return welcome.show(status.figures(), request.authority());
  }

  private Response json() {
    return Response.json(status.figures().json()).with("cache-control", "no-store");
  }

  /** The files, and the welcome page where they have no index. */
  private Handler files(Handler below) {
    return request -> {
      Response response = below.handle(request);
      return response.status() == 404 && request.param("path").isEmpty() ? page(request) : response;
    };
  }

  private static Response stream() {
    return Response.stream(
        "text/plain; charset=utf-8",
        out -> {
          for (int line = 1; line <= STREAM_LINES; line++) {
            out.write("line " + line + " of " + STREAM_LINES + "\n");
            out.flush();
            if (line < STREAM_LINES) {
              Thread.sleep(STREAM_PAUSE_MILLIS);
            }
          }
        });
  }

  /**
   * Sends the body back while it arrives. Its first part is read before the response begins, since
   * a client may be waiting for 100 (Continue), which cannot follow a final response.
   */
  private static Response echo(Request request) throws IOException {
    String type = request.header("content-type").orElse("application/octet-stream");
    OptionalLong length = request.body().length();
    InputStream body = request.body().stream();
    byte[] first = body.readNBytes(ECHO_BUFFER_BYTES);
    if (first.length < ECHO_BUFFER_BYTES) {
      return nosniff(Response.bytes(type, first));
    }
    return nosniff(
        length.isPresent()
            ? Response.stream(type, length.getAsLong(), out -> copy(first, body, out::write))
            : Response.stream(type, out -> copy(first, body, out::write)));
  }

  private static Response nosniff(Response response) {
    return response.with("x-content-type-options", "nosniff");
  }

  /** Takes a part of a body. */
  private interface Sink {
    void write(ByteBuffer part) throws IOException;
  }

  private static void copy(byte[] first, InputStream rest, Sink out) throws IOException {
    out.write(ByteBuffer.wrap(first));
    byte[] buffer = new byte[ECHO_BUFFER_BYTES];
    for (int n = rest.read(buffer); n >= 0; n = rest.read(buffer)) {
      out.write(ByteBuffer.wrap(buffer, 0, n));
    }
  }
}
