package io.roadrunner.consumer;

import java.util.List;
import java.util.Set;

/**
 * A program of another project.
 *
 * @param folder where its sources are, below {@code src/test/consumers}
 * @param modules the modules of this project that it brings along
 * @param prints the lines that it prints
 */
record Consumer(String folder, Set<String> modules, List<String> prints) {

  static Consumer of(String folder, Set<String> modules, String... prints) {
    return new Consumer(folder, modules, List.of(prints));
  }

  /** One line for each published piece. */
  static List<Consumer> all() {
    return List.of(
        of("http1", Set.of("io.roadrunner.http1"), "POST /notes", "body 5", "end", "all read"),
        of(
            "hpack",
            Set.of("io.roadrunner.hpack"),
            ":method GET NORMAL",
            "authorization secret SENSITIVE",
            "COMPLETE"),
        of(
            "websocket",
            Set.of("io.roadrunner.websocket"),
            "accept s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
            "text Hello",
            "close 1000"),
        of(
            "deflate",
            Set.of("io.roadrunner.deflate"),
            "permessage-deflate; server_max_window_bits=10",
            "COMPRESSED",
            "MESSAGE_END true"),
        of(
            "http2",
            Set.of("io.roadrunner.hpack", "io.roadrunner.http2"),
            "request 1 GET /notes",
            "SETTINGS",
            "WINDOW_UPDATE",
            "SETTINGS",
            "HEADERS 1",
            "DATA 1 YES"),
        of("telemetry", Set.of("io.roadrunner.telemetry"), "completed 1"));
  }

  @Override
  public String toString() {
    return folder;
  }
}
