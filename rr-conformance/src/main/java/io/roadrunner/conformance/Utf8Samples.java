package io.roadrunner.conformance;

import java.util.ArrayList;
import java.util.List;

/** The edges of UTF-8 (RFC 3629 §3 and §4). */
final class Utf8Samples {

  /**
   * What no text may contain.
   *
   * @param hex the bytes
   * @param impossible which of them is the first that no text could have there
   */
  record Invalid(String hex, int impossible) {}

  private Utf8Samples() {}

  /** The first and last characters of each row of the table in RFC 3629 §4, and whole texts. */
  static List<String> valid() {
    List<String> texts = new ArrayList<>();
    for (int character :
        new int[] {
          0x00, 0x01, 0x7F, 0x80, 0x81, 0xBF, 0xC0, 0x7FF, 0x800, 0xFFF, 0x1000, 0xCFFF, 0xD000,
          0xD7FF, 0xE000, 0xFDD0, 0xFEFF, 0xFFFD, 0xFFFE, 0xFFFF, 0x10000, 0x1FFFE, 0x1FFFF,
          0x3FFFF, 0x40000, 0xFFFFF, 0x100000, 0x10FFFE, 0x10FFFF
        }) {
      texts.add(Character.toString(character));
    }
    texts.add("κόσμε");
    texts.add("Füße, œuvre, żółw");
    texts.add("吾輩は猫である。名前はまだ無い。");
    texts.add("👩‍🚀 → 🌍");
    return texts;
  }

  static List<Invalid> invalid() {
    List<Invalid> samples = new ArrayList<>();
    for (String never : new String[] {"c0", "c1", "f5", "f8", "fb", "fc", "fe", "ff"}) {
      samples.add(new Invalid(never, 0));
      samples.add(new Invalid(never + " 80 80 80", 0));
    }
    for (String stray : new String[] {"80", "bf", "80 bf 80"}) {
      samples.add(new Invalid(stray, 0));
    }
    // Too long for their characters, surrogates, and past the last character.
    for (String second :
        new String[] {
          "e0 80 80",
          "e0 9f bf",
          "f0 80 80 80",
          "f0 8f bf bf",
          "ed a0 80",
          "ed ad bf",
          "ed ae 80",
          "ed af bf",
          "ed b0 80",
          "ed bf bf",
          "f4 90 80 80",
          "f4 bf bf bf"
        }) {
      samples.add(new Invalid(second, 1));
    }
    // Characters that something else cuts off.
    for (String cut :
        new String[] {"c2", "e0 a0", "e2 82", "ef bf", "f0 90", "f0 9f 98", "f4 8f"}) {
      int length = Frames.hex(cut).length;
      for (String next : new String[] {"41", "c3 a4", "f0 9f 98 80", "00"}) {
        samples.add(new Invalid(cut + " " + next, length));
      }
    }
    return samples;
  }

  /** Beginnings of characters: good as far as they go, but no text may end so. */
  static List<String> cutOff() {
    return List.of(
        "c2", "df", "e0", "e0 a0", "ed 9f", "ef bf", "f0", "f0 90", "f0 9f 98", "f4 8f bf");
  }
}
