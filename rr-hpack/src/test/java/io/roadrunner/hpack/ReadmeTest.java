package io.roadrunner.hpack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The example of the module's README. */
class ReadmeTest {

  @Test
  void bothWays() {
    List<String> lines = new ArrayList<>();

    HpackEncoder encoder = HpackEncoder.create(IndexingPolicy.standard(), 4096);
    ByteBuffer block = ByteBuffer.allocate(16384);
    encoder.beginBlock(block);
    encoder.encode(":status", "200", Sensitivity.NORMAL, block);
    encoder.encode("content-type", "text/plain", Sensitivity.NORMAL, block);
    encoder.encode("set-cookie", "id=a3fWa", Sensitivity.SENSITIVE, block);
    block.flip();

    HpackDecoder decoder = HpackDecoder.create(HpackLimits.defaults());
    try {
      BlockOutcome outcome =
          decoder.decode(block, (name, value, sensitivity) -> lines.add(name + ": " + value));
      switch (outcome) {
        case COMPLETE -> lines.add("all of it");
        case LIST_TOO_LARGE -> lines.add("answer 431, the connection goes on");
      }
    } catch (HpackException e) {
      lines.add("GOAWAY " + e.violation().errorCode() + ", " + e.getMessage());
    }

    assertEquals(
        List.of(":status: 200", "content-type: text/plain", "set-cookie: id=a3fWa", "all of it"),
        lines);
  }
}
