package consumer;

import io.roadrunner.deflate.DeflateConfig;
import io.roadrunner.deflate.DeflateLimits;
import io.roadrunner.deflate.Extension;
import io.roadrunner.deflate.MessageDeflater;
import io.roadrunner.deflate.MessageInflater;
import io.roadrunner.deflate.NativeCodecs;
import io.roadrunner.deflate.Negotiation;
import io.roadrunner.deflate.Part;
import io.roadrunner.deflate.PermessageDeflate;
import io.roadrunner.deflate.Progress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Negotiates with itself, compresses a message and decompresses it again. */
final class Main {

  private Main() {}

  public static void main(String[] args) {
    Extension offer =
        Extension.of(
            PermessageDeflate.NAME, Extension.Parameter.of("server_max_window_bits", "10"));
    DeflateConfig config = DeflateConfig.defaults();
    if (PermessageDeflate.answer(List.of(offer), config) instanceof Negotiation.Accepted agreed) {
      System.out.println(agreed.element());
      NativeCodecs codecs = NativeCodecs.unpooled();
      DeflateLimits limits = DeflateLimits.defaults();
      try (MessageDeflater deflater = MessageDeflater.server(agreed.parameters(), config, codecs);
          MessageInflater inflater = MessageInflater.client(agreed.parameters(), limits, codecs)) {
        exchange(deflater, inflater);
      }
    }
  }

  private static void exchange(MessageDeflater deflater, MessageInflater inflater) {
    byte[] message = "to be or not to be, ".repeat(50).getBytes(StandardCharsets.UTF_8);
    ByteBuffer payload = ByteBuffer.allocate(message.length + MessageDeflater.EXTRA_ROOM);
    System.out.println(deflater.message(ByteBuffer.wrap(message), payload));
    ByteBuffer plain = ByteBuffer.allocate(message.length + 1);
    Progress progress = inflater.inflate(payload.flip(), Part.LAST, plain);
    System.out.println(progress + " " + plain.flip().equals(ByteBuffer.wrap(message)));
  }
}
