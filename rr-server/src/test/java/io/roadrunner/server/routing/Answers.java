package io.roadrunner.server.routing;

import io.roadrunner.server.Handler;
import io.roadrunner.server.Middleware;
import io.roadrunner.server.PathParams;
import io.roadrunner.server.Response;
import io.roadrunner.server.ResponseBody;
import io.roadrunner.server.Route;
import io.roadrunner.server.Routes;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Asks a table, and writes what it answers as one line. */
final class Answers {

  private Answers() {}

  /** Returns a handler that says its name. */
  static Handler says(String name) {
    return request -> Response.text(name + " " + pairs(request.params()));
  }

  /** Returns a step that puts its name before and behind what it gets. */
  static Middleware step(String name) {
    return (request, next) -> {
      Response inner = next.handle(request);
      return Response.text(name + "(" + inner.status() + " " + text(inner) + ")");
    };
  }

  /** Returns a table of lines such as {@code GET /a/:b}, each of which answers with its text. */
  static Router router(String... lines) {
    Routes.Builder routes = Routes.builder();
    for (String line : lines) {
      String[] parts = line.split(" ", 2);
      routes.add(Route.of(parts[0], parts[1], says(line)));
    }
    return Router.compile(routes.build(), List.of());
  }

  /** Returns the status, the Allow field if there is one, and the text. */
  static String ask(Router router, String method, String path) {
    try {
      Router.Match match = router.match(method, path);
      Response response =
          match.entry().pipeline().handle(StubRequest.of(method, path).params(match.params()));
      String allow = response.headers().first("allow").map(a -> "[" + a + "] ").orElse("");
      return (response.status() + " " + allow + text(response)).strip();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  static String text(Response response) {
    return response.body() instanceof ResponseBody.Bytes bytes
        ? StandardCharsets.UTF_8.decode(bytes.asByteBuffer()).toString().strip()
        : "";
  }

  private static String pairs(PathParams params) {
    StringBuilder pairs = new StringBuilder();
    for (int i = 0; i < params.names().size(); i++) {
      pairs.append(params.names().get(i)).append('=').append(params.values().get(i)).append(' ');
    }
    return pairs.toString().strip();
  }
}
