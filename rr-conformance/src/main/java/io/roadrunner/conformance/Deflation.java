package io.roadrunner.conformance;

import io.roadrunner.conformance.Terms.Context;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.Deflater;

/** Both directions of compression as the client has to keep to them. */
final class Deflation {

  private static final int TAIL = 4;

  private final Context serverContext;
  private final Context clientContext;
  private final WindowDecoder decoder;
  private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);

  /** How far back the client may refer, and what it has put in since the history was emptied. */
  private final int window;

  private int run;

  private Deflation(Terms offer, Terms answer) {
    this.serverContext = answer.server();
    this.clientContext = offer.client() == Context.FRESH ? Context.FRESH : answer.client();
    this.decoder = new WindowDecoder(1 << bits(answer.serverBits()));
    this.window = 1 << Math.min(bits(offer.clientBits()), bits(answer.clientBits()));
  }

  static Deflation of(Terms offer, String answer) {
    Terms terms = Terms.ofAnswer(answer);
    terms.answers(offer);
    return new Deflation(offer, terms);
  }

  private static int bits(int said) {
    return said == Terms.ABSENT || said == Terms.WITHOUT_VALUE ? 15 : said;
  }

  byte[] decompress(byte[] payload) {
    byte[] message = decoder.message(payload);
    if (serverContext == Context.FRESH) {
      decoder.forget();
    }
    return message;
  }

  /** RFC 7692 §7.2.1; a full flush keeps references from going back beyond it. */
  byte[] compress(byte[] message) {
    if (message.length == 0) {
      return new byte[1];
    }
    if (clientContext == Context.FRESH) {
      deflater.reset();
      run = 0;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(message.length);
    int at = 0;
    while (at < message.length) {
      int length = window == 1 << 15 ? message.length : Math.min(window - run, message.length - at);
      run += length;
      at += length;
      deflater.setInput(message, at - length, length);
      boolean full = window < 1 << 15 && run == window;
      flush(full ? Deflater.FULL_FLUSH : Deflater.SYNC_FLUSH, out);
      run = full ? 0 : run;
    }
    byte[] payload = out.toByteArray();
    return Arrays.copyOf(payload, payload.length - TAIL);
  }

  private void flush(int mode, ByteArrayOutputStream out) {
    byte[] piece = new byte[8192];
    int count;
    do {
      count = deflater.deflate(piece, 0, piece.length, mode);
      out.write(piece, 0, count);
    } while (count == piece.length);
  }
}
