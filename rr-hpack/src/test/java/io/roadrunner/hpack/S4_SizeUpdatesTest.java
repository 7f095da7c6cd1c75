package io.roadrunner.hpack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class S4_SizeUpdatesTest {
  private static final String A = "40 01 61 01 62"; // a: b, to be indexed
  private static final List<List<String>> A_ENTRY = List.of(List.of("a", "b"));

  private static HpackViolation violation(HpackDecoder decoder, String hex) {
    return assertThrows(HpackException.class, () -> Blocks.decode(decoder, hex)).violation();
  }

  @Nested
  class Decoder {
    private final HpackDecoder decoder = Blocks.decoder();

    @Test
    void s4_1_anEntryCounts32OctetsMore() {
      Blocks.decode(decoder, A);
      assertEquals(34, decoder.table().size());
    }

    @Test
    void s4_3_evictsWhatNoLongerFits() {
      Blocks.decode(decoder, A + A + A);
      Blocks.decode(decoder, "3f 25"); // 68
      assertEquals(2, decoder.table().count());
      Blocks.decode(decoder, "3f 24"); // 67
      assertEquals(A_ENTRY, Blocks.entries(decoder.table()));
      Blocks.decode(decoder, "20");
      assertEquals(0, decoder.table().count());
    }

    @Test
    void s4_4_anEntryLargerThanTheTableEmptiesIt() {
      Blocks.decode(decoder, "3f 0f" + "40 01 61 00" + "40 01 61 01 62"); // 46
      assertEquals(A_ENTRY, Blocks.entries(decoder.table()));
      Blocks.decode(decoder, "40 01 61 0f" + "78".repeat(15));
      assertEquals(List.of(), Blocks.entries(decoder.table()));
    }

    /** RFC 7541 §4.4: the name may be that of an entry which is evicted on the way. */
    @Test
    void s4_4_theNameOfAnEvictedEntryStays() {
      Blocks.decode(decoder, "3f 05" + A); // 36
      assertEquals(List.of(Field.of("a", "cd")), Blocks.decode(decoder, "7e 02 63 64"));
      assertEquals(List.of(List.of("a", "cd")), Blocks.entries(decoder.table()));
    }

    @Test
    void s4_2_twoUpdatesAtTheStart() {
      Blocks.decode(decoder, A);
      assertEquals(List.of(Field.of(":method", "GET")), Blocks.decode(decoder, "20 3f e1 1f 82"));
      assertEquals(0, decoder.table().count());
      assertEquals(4096, decoder.table().capacity());
    }

    @Test
    void s4_2_threeUpdates_K09() {
      assertEquals(HpackViolation.TOO_MANY_SIZE_UPDATES, violation(decoder, "20 20 20 82"));
    }

    @Test
    void s4_2_updateBehindAField_K09() {
      assertEquals(HpackViolation.MISPLACED_SIZE_UPDATE, violation(decoder, "82 20"));
    }

    @Test
    void s6_3_updateOverTheAgreedSize_K09() {
      Blocks.decode(decoder, "3f e1 1f"); // 4096
      assertEquals(HpackViolation.SIZE_UPDATE_TOO_LARGE, violation(decoder, "3f e2 1f"));
    }

    @Test
    void aLargerSizeOnceItIsAcknowledged() {
      decoder.tableSizeAcknowledged(8192);
      assertEquals(4096, decoder.table().capacity());
      Blocks.decode(decoder, "3f e1 3f");
      assertEquals(8192, decoder.table().capacity());
    }

    @Test
    void s4_2_aReducedSizeHasToBeSignalled() {
      decoder.tableSizeAcknowledged(100);
      assertEquals(HpackViolation.MISSING_SIZE_UPDATE, violation(decoder, "82"));
    }

    @Test
    void s4_2_aReducedSizeMayBeSignalledByLess() {
      decoder.tableSizeAcknowledged(100);
      Blocks.decode(decoder, "3f 20 82"); // 63
      assertEquals(63, decoder.table().capacity());
      Blocks.decode(decoder, "82");
      assertEquals(HpackViolation.SIZE_UPDATE_TOO_LARGE, violation(decoder, "3f 46")); // 101
    }

    @Test
    void s4_2_theSmallestSizeOfSeveralHasToBeSignalled() {
      decoder.tableSizeAcknowledged(100);
      decoder.tableSizeAcknowledged(4096);
      decoder.tableSizeAcknowledged(3000);
      Blocks.decode(decoder, "3f 45 3f 99 17 82"); // 100, 3000
      assertEquals(3000, decoder.table().capacity());
    }

    @Test
    void s4_2_theFinalSizeAloneIsNotEnough() {
      decoder.tableSizeAcknowledged(100);
      decoder.tableSizeAcknowledged(4096);
      assertEquals(HpackViolation.MISSING_SIZE_UPDATE, violation(decoder, "3f 46 82")); // 101
    }

    @Test
    void s4_2_aLaterSizeDoesNotMakeUpForTheSmallest() {
      decoder.tableSizeAcknowledged(100);
      decoder.tableSizeAcknowledged(3000);
      assertEquals(HpackViolation.MISSING_SIZE_UPDATE, violation(decoder, "3f 99 17 82")); // 3000
    }

    @Test
    void aSizeAboveTheOneInUseNeedsNoSignal() {
      Blocks.decode(decoder, "3f 45"); // 100
      decoder.tableSizeAcknowledged(200);
      decoder.tableSizeAcknowledged(100);
      assertEquals(List.of(Field.of(":method", "GET")), Blocks.decode(decoder, "82"));
    }

    @Test
    void negativeSize() {
      assertThrows(IllegalArgumentException.class, () -> decoder.tableSizeAcknowledged(-1));
    }

    /** 100 000 rounds of filling the table and emptying it take a moment, not a minute. */
    @Test
    void thrashingIsLinear_K09() {
      ByteBuffer block = Blocks.hex("20 3f e1 1f" + "40 00 00".repeat(128));
      assertTimeoutPreemptively(
          Duration.ofSeconds(10),
          () -> {
            for (int i = 0; i < 10_000; i++) {
              decoder.decode(block.rewind(), (name, value, sensitivity) -> {});
            }
          });
      assertEquals(128, decoder.table().count());
    }
  }

  @Nested
  class Encoder {
    private final HpackEncoder encoder = Blocks.encoder(IndexingPolicy.everything());

    private String block() {
      ByteBuffer out = ByteBuffer.allocate(HpackEncoder.MAX_BLOCK_START_BYTES);
      encoder.beginBlock(out);
      return Blocks.hex(out.flip());
    }

    @Test
    void nothingToSayAtFirst() {
      assertEquals("", block());
      encoder.peerTableSize(4096);
      assertEquals("", block());
    }

    @Test
    void staysBelowItsOwnMaximum_K12() {
      encoder.peerTableSize(0xFFFF_FFFFL);
      assertEquals("", block());
      assertEquals(4096, encoder.table().capacity());
    }

    @Test
    void usesMoreOnceThePeerPermitsIt() {
      HpackEncoder large = HpackEncoder.create(IndexingPolicy.everything(), 10_000);
      assertEquals(4096, large.table().capacity());
      large.peerTableSize(8192);
      ByteBuffer out = ByteBuffer.allocate(HpackEncoder.MAX_BLOCK_START_BYTES);
      large.beginBlock(out);
      assertEquals("3fe13f", Blocks.hex(out.flip()));
    }

    @Test
    void announcesASmallerMaximumOfItsOwn() {
      HpackEncoder none = HpackEncoder.create(IndexingPolicy.everything(), 0);
      assertEquals("2082", Blocks.encodeHex(none, Field.of(":method", "GET")));
      assertEquals("82", Blocks.encodeHex(none, Field.of(":method", "GET")));
    }

    @Test
    void evictsAndSaysSo() {
      Blocks.encodeHex(encoder, Field.of("a", "b"), Field.of("c", "d"));
      encoder.peerTableSize(40);
      assertEquals(List.of(List.of("c", "d")), Blocks.entries(encoder.table()));
      assertEquals("3f09be", Blocks.encodeHex(encoder, Field.of("c", "d")));
    }

    @Test
    void saysTheSmallestSizeAndTheFinalOne() {
      encoder.peerTableSize(100);
      encoder.peerTableSize(50);
      encoder.peerTableSize(3000);
      assertEquals("3f133f9917", block());
      assertEquals("", block());
    }

    @Test
    void saysTheSmallestSizeEvenIfAllIsAsBefore() {
      encoder.peerTableSize(0);
      encoder.peerTableSize(4096);
      assertEquals("203fe11f", block());
      assertEquals("", block());
    }

    @Test
    void growsWithoutAnUpdateInBetween() {
      encoder.peerTableSize(0);
      assertEquals("20", block());
      encoder.peerTableSize(100);
      encoder.peerTableSize(200);
      assertEquals("3fa901", block());
    }

    @Test
    void aFieldBeforeTheUpdateIsTheCallersFault() {
      ByteBuffer out = ByteBuffer.allocate(100);
      encoder.peerTableSize(0);
      assertThrows(
          IllegalStateException.class, () -> encoder.encode("a", "b", Sensitivity.NORMAL, out));
      encoder.peerTableSize(4096);
      assertThrows(
          IllegalStateException.class, () -> encoder.encode("a", "b", Sensitivity.NORMAL, out));
      assertEquals(0, out.position());
    }

    @Test
    void impossibleSizes() {
      assertThrows(IllegalArgumentException.class, () -> encoder.peerTableSize(-1));
      assertThrows(IllegalArgumentException.class, () -> encoder.peerTableSize(1L << 32));
      IndexingPolicy policy = IndexingPolicy.standard();
      assertThrows(IllegalArgumentException.class, () -> HpackEncoder.create(policy, -1));
      assertThrows(
          IllegalArgumentException.class, () -> HpackEncoder.create(policy, (1 << 28) + 1));
    }
  }
}
