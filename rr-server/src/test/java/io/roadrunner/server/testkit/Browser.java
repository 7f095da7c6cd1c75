package io.roadrunner.server.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A headless Chromium, driven by the WebDriver protocol. */
public final class Browser implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern PORT = Pattern.compile("successfully on port (\\d+)");
  private static final Pattern SESSION = Pattern.compile("\"sessionId\":\"([^\"]+)\"");
  private static final Pattern VALUE = Pattern.compile("\\{\"value\":(.*)}", Pattern.DOTALL);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final Process driver;
  private final String base;
  private final String session;

  private Browser(Process driver, int port, Path profile) throws Exception {
    this.driver = driver;
    this.base = "http://127.0.0.1:" + port;
    String options =
        Stream.of(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--ignore-certificate-errors",
                "--user-data-dir=" + profile)
            .map(option -> "\"" + option + "\"")
            .reduce((a, b) -> a + "," + b)
            .orElseThrow();
    String binary = find("chromium").orElseThrow().toString();
    String answer =
        post(
            "/session",
            """
            {"capabilities":{"alwaysMatch":{"acceptInsecureCerts":true,
             "goog:chromeOptions":{"binary":"%s","args":[%s]}}}}
            """
                .formatted(binary, options));
    Matcher found = SESSION.matcher(answer);
    if (!found.find()) {
      throw new AssertionError("no session: " + answer);
    }
    session = "/session/" + found.group(1);
  }

  /** Tells whether browser and driver are installed. */
  public static boolean isInstalled() {
    return find("chromium").isPresent() && find("chromedriver").isPresent();
  }

  private static Optional<Path> find(String program) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin");
    return Stream.of(path.split(":"))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts a browser.
   *
   * @param profile an empty folder
   */
  public static Browser start(Path profile) throws Exception {
    Process driver =
        new ProcessBuilder(find("chromedriver").orElseThrow().toString(), "--port=0")
            .redirectErrorStream(true)
            .start();
    try {
      return new Browser(driver, port(driver), profile);
    } catch (Throwable e) {
      driver.destroy();
      throw e;
    }
  }

  private static int port(Process driver) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(driver.getInputStream(), StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher found = PORT.matcher(line);
      if (found.find()) {
        Thread.ofVirtual().start(() -> lines.lines().forEach(ignored -> {}));
        return Integer.parseInt(found.group(1));
      }
    }
    throw new AssertionError("the driver did not start");
  }

  private String post(String path, String json) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(PATIENCE)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new AssertionError(path + ": " + response.body());
    }
    return response.body();
  }

  /** Opens a page, and waits until it is loaded. */
  public void open(String url) throws Exception {
    post(session + "/url", "{\"url\":\"" + url + "\"}");
  }

  /** Runs the body of a function in the page. Returns what it returns, as JSON. */
  public String run(String script) throws Exception {
    String escaped = script.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    String answer = post(session + "/execute/sync", "{\"script\":\"" + escaped + "\",\"args\":[]}");
    Matcher found = VALUE.matcher(answer);
    return found.matches() ? found.group(1) : answer;
  }

  /** Waits until an expression of the page is true. */
  public void await(String condition) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!run("return !!(" + condition + ")").equals("true")) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError(
            "never true: "
                + condition
                + "; the page says: "
                + run("return document.body.innerText"));
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      http.send(
          HttpRequest.newBuilder(URI.create(base + session)).timeout(PATIENCE).DELETE().build(),
          HttpResponse.BodyHandlers.discarding());
      driver.destroy();
      driver.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      driver.destroyForcibly();
    }
  }
}
