package consumer;

import io.roadrunner.hpack.HpackDecoder;
import io.roadrunner.hpack.HpackEncoder;
import io.roadrunner.hpack.HpackLimits;
import io.roadrunner.hpack.IndexingPolicy;
import io.roadrunner.hpack.Sensitivity;
import java.nio.ByteBuffer;

/** Sends a header block to itself and prints what arrives. */
final class Main {

  private Main() {}

  public static void main(String[] args) {
    HpackEncoder encoder = HpackEncoder.create(IndexingPolicy.standard(), 4096);
    ByteBuffer block = ByteBuffer.allocate(256);
    encoder.beginBlock(block);
    encoder.encode(":method", "GET", Sensitivity.NORMAL, block);
    encoder.encode("authorization", "secret", Sensitivity.SENSITIVE, block);
    block.flip();

    HpackDecoder decoder = HpackDecoder.create(HpackLimits.defaults());
    System.out.println(
        decoder.decode(
            block,
            (name, value, sensitivity) ->
                System.out.println(name + " " + value + " " + sensitivity)));
  }
}
