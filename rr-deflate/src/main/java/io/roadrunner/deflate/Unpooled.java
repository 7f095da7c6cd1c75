package io.roadrunner.deflate;

import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** New ones each time. */
enum Unpooled implements NativeCodecs {
  INSTANCE;

  @Override
  public Deflater takeDeflater(int level) {
    return new Deflater(level, true);
  }

  @Override
  public void giveBack(Deflater deflater) {
    deflater.end();
  }

  @Override
  public Inflater takeInflater() {
    return new Inflater(true);
  }

  @Override
  public void giveBack(Inflater inflater) {
    inflater.end();
  }
}
