package io.roadrunner.server.routing;

import io.roadrunner.server.Middleware;
import io.roadrunner.server.PathParams;
import io.roadrunner.server.Response;
import io.roadrunner.server.routing.Router.Match;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the table itself answers where it has no route, inside the listener-wide middleware. */
final class OwnAnswers {

  private final List<Middleware> listenerWide;
  private final Match notFound;
  private final Map<PathFault, Match> refused = new EnumMap<>(PathFault.class);

  OwnAnswers(List<Middleware> listenerWide) {
    this.listenerWide = listenerWide;
    // RFC 9110 §15.5.5
    this.notFound = match(Response.text("Not Found\n").status(404), "");
    for (PathFault fault : PathFault.values()) {
      // RFC 9110 §15.5.1
      refused.put(fault, match(Response.text(fault.text() + "\n").status(400), ""));
    }
  }

  Match notFound() {
    return notFound;
  }

  Match refused(PathFault fault) {
    return refused.getOrDefault(fault, notFound);
  }

  /** Returns a 405; RFC 9110 §15.5.6: with Allow. */
  Match notAllowed(String pattern, Set<String> methods) {
    Response response =
        Response.text("Method Not Allowed\n").status(405).with("allow", allow(methods));
    return match(response, pattern);
  }

  /** Returns the answer to an OPTIONS without a route of its own (RFC 9110 §9.3.7). */
  Match options(String pattern, Set<String> methods) {
    return match(Response.noContent().with("allow", allow(methods)), pattern);
  }

  private static String allow(Set<String> methods) {
    Set<String> all = new TreeSet<>(methods);
    all.add("OPTIONS");
    return String.join(", ", all);
  }

  private Match match(Response response, String pattern) {
    return new Match(RouteEntry.answering(response, pattern, listenerWide), PathParams.none());
  }
}
