package io.roadrunner.server.cli;

import io.roadrunner.server.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page that shows that the server is there, and how it is doing. */
final class WelcomePage {

  private static final Pattern PLACE = Pattern.compile("\\$\\{([a-z0-9]+)}");

  private final String template = template();
  private final ServeOptions options;

  WelcomePage(ServeOptions options) {
    this.options = options;
  }

  private static String template() {
    try (InputStream in = WelcomePage.class.getResourceAsStream("welcome.html")) {
      byte[] bytes = Objects.requireNonNull(in, "welcome.html").readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the page.
   *
   * @param figures what it shows until its script has fetched newer ones
   * @param authority as the client calls the server
   */
  Response show(LiveStatus.Figures figures, String authority) {
    String files = options.root().map(root -> filesRow(root.toString())).orElse("");
    Map<String, String> values =
        Map.of(
            "version", escape(figures.version()),
            "uptime", figures.uptimeSeconds() + " s",
            "connections", Long.toString(figures.connectionsOpen()),
            "requests", Long.toString(figures.requests()),
            "errors", Long.toString(figures.serverErrors()),
            "rate", String.format(Locale.ROOT, "%.1f", figures.requestsPerSecond()),
            "p50", figures.p50Micros() + " µs",
            "p99", figures.p99Micros() + " µs",
            "authority", escape(authority),
            "files", files);
    String page =
        PLACE
            .matcher(template)
            .replaceAll(m -> Matcher.quoteReplacement(values.getOrDefault(m.group(1), "")));
    return Response.html(page)
        .with("cache-control", "no-store")
        .with("x-content-type-options", "nosniff")
        .with("referrer-policy", "no-referrer")
        .with(
            "content-security-policy",
            "default-src 'none'; connect-src 'self'; style-src 'unsafe-inline'; "
                + "script-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'");
  }

  private static String filesRow(String root) {
    return "<tr><td><code>/…</code></td><td>every other path: files below <code>%s</code></td></tr>"
        .formatted(escape(root));
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
