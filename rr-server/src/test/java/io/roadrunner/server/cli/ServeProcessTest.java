package io.roadrunner.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(30)
class ServeProcessTest {

  private static Process start(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    String modules = System.getProperty("jdk.module.path", "");
    if (modules.isEmpty()) {
      command.addAll(List.of("-cp", System.getProperty("java.class.path", "")));
      command.add(Serve.class.getName());
    } else {
      command.addAll(List.of("--module-path", modules));
      command.addAll(List.of("--module", "io.roadrunner.server/" + Serve.class.getName()));
    }
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  @Test
  void aBadOptionEndsTheProcessWith2() throws Exception {
    Process process = start("--port", "x");
    try (BufferedReader said = process.inputReader()) {
      assertEquals(
          List.of(
              "rr serve: --port must be a number from 0 to 65535, not \"x\" (see rr serve --help)"),
          said.lines().toList());
      assertEquals(2, process.waitFor());
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no SIGTERM")
  void aSignalLetsTheRequestInFlightFinish() throws Exception {
    Process process = start("--port", "0");
    try (BufferedReader said = process.inputReader();
        HttpClient client = HttpClient.newHttpClient()) {
      String first = said.readLine();
      assertTrue(first.contains(" serves at http://127.0.0.1:"), first);
      String url = first.substring(first.indexOf("http://"), first.indexOf(" (Ctrl-C"));
      CompletableFuture<HttpResponse<InputStream>> stream =
          client.sendAsync(
              HttpRequest.newBuilder(URI.create(url + "stream")).build(),
              HttpResponse.BodyHandlers.ofInputStream());
      InputStream body = stream.get(10, TimeUnit.SECONDS).body();

      // Through the handle: destroying the process itself closes what it says.
      assertTrue(process.toHandle().destroy());

      assertEquals(10, new String(body.readAllBytes(), StandardCharsets.UTF_8).lines().count());
      assertEquals(143, process.waitFor());
      List<String> last = said.lines().toList();
      assertTrue(last.getLast().endsWith(" 0 connections cut off"), last.toString());
    } finally {
      process.destroyForcibly();
    }
  }
}
