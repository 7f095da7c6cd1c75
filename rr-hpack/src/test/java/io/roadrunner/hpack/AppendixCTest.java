package io.roadrunner.hpack;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The examples of RFC 7541 Appendix C: bytes, fields, and the table behind each block. */
class AppendixCTest {

  /** Fields, or entries, of one line each: name, one space, value. */
  private static List<List<String>> lines(String text) {
    List<List<String>> fields = new ArrayList<>();
    for (String line : text.lines().toList()) {
      int space = line.indexOf(' ');
      fields.add(List.of(line.substring(0, space), line.substring(space + 1)));
    }
    return fields;
  }

  private static void decodes(
      HpackDecoder decoder, String hex, String fields, int tableSize, String table) {
    List<Field> decoded = Blocks.decode(decoder, hex);
    assertAll(
        () -> assertEquals(lines(fields), decoded.stream().map(Field::nameAndValue).toList()),
        () -> assertEquals(lines(table), Blocks.entries(decoder.table())),
        () -> assertEquals(tableSize, decoder.table().size()));
  }

  private static void encodes(HpackEncoder encoder, String fields, String hex) {
    List<Field> list = lines(fields).stream().map(f -> Field.of(f.get(0), f.get(1))).toList();
    assertEquals(Blocks.hex(Blocks.hex(hex)), Blocks.hex(Blocks.encode(encoder, list)));
  }

  @Nested
  class C1_Integers {
    private BlockReader reader(String hex) {
      BlockReader reader = new BlockReader();
      reader.open(Blocks.hex(hex));
      return reader;
    }

    @Test
    void c1_1_tenInFiveBits() {
      BlockReader reader = reader("0a");
      assertEquals(10, reader.integer(reader.next(), 5));
    }

    @Test
    void c1_2_thirteenHundredAndThirtySevenInFiveBits() {
      BlockReader reader = reader("1f 9a 0a");
      assertEquals(1337, reader.integer(reader.next(), 5));
    }

    @Test
    void c1_3_fortyTwoInEightBits() {
      BlockReader reader = reader("2a");
      assertEquals(42, reader.integer(reader.next(), 8));
    }
  }

  @Nested
  class C2_Representations {
    @Test
    void c2_1_literalWithIndexing() {
      decodes(
          Blocks.decoder(),
          "400a 6375 7374 6f6d 2d6b 6579 0d63 7573 746f 6d2d 6865 6164 6572",
          "custom-key custom-header",
          55,
          "custom-key custom-header");
    }

    @Test
    void c2_2_literalWithoutIndexing() {
      decodes(Blocks.decoder(), "040c 2f73 616d 706c 652f 7061 7468", ":path /sample/path", 0, "");
    }

    @Test
    void c2_3_neverIndexed() {
      List<Field> fields =
          Blocks.decode(Blocks.decoder(), "1008 7061 7373 776f 7264 0673 6563 7265 74");
      assertEquals(List.of(Field.secret("password", "secret")), fields);
    }

    @Test
    void c2_4_indexed() {
      decodes(Blocks.decoder(), "82", ":method GET", 0, "");
    }
  }

  private static final String FIRST_REQUEST =
      """
      :method GET
      :scheme http
      :path /
      :authority www.example.com
      """;
  private static final String SECOND_REQUEST = FIRST_REQUEST + "cache-control no-cache\n";
  private static final String THIRD_REQUEST =
      """
      :method GET
      :scheme https
      :path /index.html
      :authority www.example.com
      custom-key custom-value
      """;
  private static final String FIRST_REQUEST_TABLE = ":authority www.example.com\n";
  private static final String SECOND_REQUEST_TABLE =
      "cache-control no-cache\n" + FIRST_REQUEST_TABLE;
  private static final String THIRD_REQUEST_TABLE =
      "custom-key custom-value\n" + SECOND_REQUEST_TABLE;

  private static void decodesRequests(String first, String second, String third) {
    HpackDecoder decoder = Blocks.decoder();
    decodes(decoder, first, FIRST_REQUEST, 57, FIRST_REQUEST_TABLE);
    decodes(decoder, second, SECOND_REQUEST, 110, SECOND_REQUEST_TABLE);
    decodes(decoder, third, THIRD_REQUEST, 164, THIRD_REQUEST_TABLE);
  }

  @Test
  void c3_requestsWithoutHuffman() {
    decodesRequests(
        "8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d",
        "8286 84be 5808 6e6f 2d63 6163 6865",
        "8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65");
  }

  private static final String[] HUFFMAN_REQUESTS = {
    "8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff",
    "8286 84be 5886 a8eb 1064 9cbf",
    "8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf"
  };

  @Test
  void c4_requestsWithHuffman() {
    decodesRequests(HUFFMAN_REQUESTS[0], HUFFMAN_REQUESTS[1], HUFFMAN_REQUESTS[2]);
  }

  @Test
  void c4_theEncoderWritesTheSameBytes() {
    HpackEncoder encoder = Blocks.encoder(IndexingPolicy.everything());
    encodes(encoder, FIRST_REQUEST, HUFFMAN_REQUESTS[0]);
    encodes(encoder, SECOND_REQUEST, HUFFMAN_REQUESTS[1]);
    encodes(encoder, THIRD_REQUEST, HUFFMAN_REQUESTS[2]);
    assertEquals(lines(THIRD_REQUEST_TABLE), Blocks.entries(encoder.table()));
  }

  private static final String FIRST_RESPONSE =
      """
      :status 302
      cache-control private
      date Mon, 21 Oct 2013 20:13:21 GMT
      location https://www.example.com
      """;
  private static final String SECOND_RESPONSE = FIRST_RESPONSE.replace("302", "307");
  private static final String COOKIE =
      "set-cookie foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1\n";
  private static final String THIRD_RESPONSE =
      """
      :status 200
      cache-control private
      date Mon, 21 Oct 2013 20:13:22 GMT
      location https://www.example.com
      content-encoding gzip
      """
          + COOKIE;
  private static final String FIRST_RESPONSE_TABLE =
      """
      location https://www.example.com
      date Mon, 21 Oct 2013 20:13:21 GMT
      cache-control private
      :status 302
      """;
  private static final String SECOND_RESPONSE_TABLE =
      """
      :status 307
      location https://www.example.com
      date Mon, 21 Oct 2013 20:13:21 GMT
      cache-control private
      """;
  private static final String THIRD_RESPONSE_TABLE =
      COOKIE
          + """
          content-encoding gzip
          date Mon, 21 Oct 2013 20:13:22 GMT
          """;

  /** The table has 256 octets in these examples. */
  private static void decodesResponses(String first, String second, String third) {
    HpackDecoder decoder = Blocks.decoder();
    Blocks.decode(decoder, "3f e1 01");
    decodes(decoder, first, FIRST_RESPONSE, 222, FIRST_RESPONSE_TABLE);
    decodes(decoder, second, SECOND_RESPONSE, 222, SECOND_RESPONSE_TABLE);
    decodes(decoder, third, THIRD_RESPONSE, 215, THIRD_RESPONSE_TABLE);
  }

  @Test
  void c5_responsesWithoutHuffman() {
    decodesResponses(
        """
        4803 3330 3258 0770 7269 7661 7465 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032 303a
        3133 3a32 3120 474d 546e 1768 7474 7073 3a2f 2f77 7777 2e65 7861 6d70 6c65 2e63 6f6d
        """,
        "4803 3330 37c1 c0bf",
        """
        88c1 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032 303a 3133 3a32 3220 474d 54c0 5a04
        677a 6970 7738 666f 6f3d 4153 444a 4b48 514b 425a 584f 5157 454f 5049 5541 5851 5745 4f49
        553b 206d 6178 2d61 6765 3d33 3630 303b 2076 6572 7369 6f6e 3d31
        """);
  }

  private static final String[] HUFFMAN_RESPONSES = {
    """
    4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b ff6e
    919d 29ad 1718 63c7 8f0b 97c8 e9ae 82ae 43d3
    """,
    "4883 640e ffc1 c0bf",
    """
    88c1 6196 d07a be94 1054 d444 a820 0595 040b 8166 e084 a62d 1bff c05a 839b d9ab 77ad 94e7
    821d d7f2 e6c7 b335 dfdf cd5b 3960 d5af 2708 7f36 72c1 ab27 0fb5 291f 9587 3160 65c0 03ed
    4ee5 b106 3d50 07
    """
  };

  @Test
  void c6_responsesWithHuffman() {
    decodesResponses(HUFFMAN_RESPONSES[0], HUFFMAN_RESPONSES[1], HUFFMAN_RESPONSES[2]);
  }

  /** The second block has "307" plain here, since Huffman coding would not make it shorter. */
  @Test
  void c6_theEncoderReachesTheSameTables() {
    HpackEncoder encoder = HpackEncoder.create(IndexingPolicy.everything(), 256);
    ByteBuffer start = ByteBuffer.allocate(HpackEncoder.MAX_BLOCK_START_BYTES);
    encoder.beginBlock(start);
    assertEquals("3fe101", Blocks.hex(start.flip()));
    encodes(encoder, FIRST_RESPONSE, HUFFMAN_RESPONSES[0]);
    assertEquals(lines(FIRST_RESPONSE_TABLE), Blocks.entries(encoder.table()));
    encodes(encoder, SECOND_RESPONSE, "4803 3330 37c1 c0bf");
    assertEquals(lines(SECOND_RESPONSE_TABLE), Blocks.entries(encoder.table()));
    encodes(encoder, THIRD_RESPONSE, HUFFMAN_RESPONSES[2]);
    assertEquals(lines(THIRD_RESPONSE_TABLE), Blocks.entries(encoder.table()));
  }
}
