package io.roadrunner.websocket;

import java.util.ArrayList;
import java.util.List;

/** RFC 6455 §5.4 once more, as simply as it can be said; every frame holds one x. */
final class FragmentModel {

  private FragmentModel() {}

  static List<String> expect(int[] firstBytes) {
    List<String> log = new ArrayList<>();
    String open = "";
    int letters = 0;
    for (int first : firstBytes) {
      int opcode = first & 0xF;
      if (opcode == Frames.PING) {
        log.add("ping 78");
        continue;
      }
      if (open.isEmpty() == (opcode == Frames.CONTINUATION)) {
        log.add(open.isEmpty() ? "fail UNEXPECTED_CONTINUATION" : "fail INTERRUPTED_MESSAGE");
        return log;
      }
      if (open.isEmpty()) {
        open = opcode == Frames.TEXT ? "text " : "binary ";
      }
      letters++;
      if ((first & Frames.FIN) != 0) {
        log.add(open + (open.equals("text ") ? "x" : "78").repeat(letters));
        open = "";
        letters = 0;
      }
    }
    return log;
  }
}
