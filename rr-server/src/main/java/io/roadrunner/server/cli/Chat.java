package io.roadrunner.server.cli;

import io.roadrunner.server.Attributes;
import io.roadrunner.server.Response;
import io.roadrunner.server.WebSocketGroup;
import io.roadrunner.server.WebSocketHandler;
import io.roadrunner.server.WebSocketMessage;
import io.roadrunner.server.WebSocketOptions;
import io.roadrunner.server.WebSocketSession;
import io.roadrunner.websocket.WebSocketLimits;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * {@code /chat}: a page, and the room behind it. The first message of a session is the name of who
 * speaks, every other one is said to all. What goes out is JSON; who reads too slowly is closed.
 */
final class Chat implements WebSocketHandler {

  private static final Attributes.Key<String> NAME = Attributes.Key.of("chat name", String.class);
  private static final int LONGEST_NAME = 30;
  private static final int LARGEST = 4 << 10;

  private static final WebSocketOptions OPTIONS =
      WebSocketOptions.builder()
          .limits(
              WebSocketLimits.defaults().withMaxFrameBytes(LARGEST).withMaxMessageBytes(LARGEST))
          .build();

  private final WebSocketGroup room = WebSocketGroup.of(WebSocketGroup.WhenFull.CLOSE);
  private final Response page = page();

  Response show() {
    return page;
  }

  Response join() {
    return Response.webSocket(OPTIONS, this);
  }

  private static Response page() {
    try (InputStream in = Chat.class.getResourceAsStream("chat.html")) {
      byte[] bytes = Objects.requireNonNull(in, "chat.html").readAllBytes();
      return Response.html(new String(bytes, StandardCharsets.UTF_8))
          .with("x-content-type-options", "nosniff")
          .with("referrer-policy", "no-referrer")
          .with(
              "content-security-policy",
              "default-src 'none'; connect-src 'self'; style-src 'unsafe-inline'; "
                  + "script-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void text(WebSocketSession session, String message) {
    String name = session.attributes().get(NAME).orElse("");
    if (!name.isEmpty()) {
      say("message", name, message);
      return;
    }
    String wanted = message.strip();
    String taken = wanted.isEmpty() ? "anonymous" : shortened(wanted);
    session.attributes().put(NAME, taken);
    room.add(session);
    say("joined", taken, "");
  }

  /** At most so many code points. */
  private static String shortened(String name) {
    return name.codePointCount(0, name.length()) <= LONGEST_NAME
        ? name
        : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME));
  }

  @Override
  public void close(WebSocketSession session, int code, String reason) {
    room.remove(session);
    session.attributes().get(NAME).ifPresent(name -> say("left", name, ""));
  }

  private void say(String what, String name, String text) {
    String json =
        """
        {"what":"%s","name":%s,"text":%s,"people":%d}\
        """
            .formatted(what, quoted(name), quoted(text), room.size());
    room.send(WebSocketMessage.text(json));
  }

  /** RFC 8259 §7. */
  static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
