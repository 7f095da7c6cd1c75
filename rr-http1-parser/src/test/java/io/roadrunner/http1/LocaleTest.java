package io.roadrunner.http1;

import static io.roadrunner.http1.Verdict.get;
import static io.roadrunner.http1.Verdict.head;
import static io.roadrunner.http1.Verdict.refusedField;
import static io.roadrunner.http1.Verdict.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** In Turkish, the lower case of I is not i; in Arabic, format() writes other digits. */
class LocaleTest {
  private final Locale before = Locale.getDefault();

  @BeforeEach
  void turkish() {
    Locale.setDefault(Locale.forLanguageTag("tr-TR"));
  }

  @AfterEach
  void asItWas() {
    Locale.setDefault(before);
  }

  @Test
  @DisplayName("P33 names and tokens with an I are known in Turkish, too")
  void names() {
    RequestHead head =
        head(request("PUT / HTTP/1.1", "EXPECT: 100-CONTINUE", "TRANSFER-ENCODING: CHUNKED"));
    assertEquals(BodyFraming.Chunked.INSTANCE, head.framing());
    assertEquals(Expectation.CONTINUE, head.expectation());
    assertTrue(head.fields().contains("transfer-encoding"));
    assertTrue(head.fields().contains("Transfer-Encoding"));
    RequestHead old = head("GET / HTTP/1.0\r\nCONNECTION: KEEP-ALIVE\r\n\r\n");
    assertEquals(Persistence.KEEP_ALIVE, old.persistence());
    refusedField(
        Http1Violation.LENGTH_AND_CODING, "CONTENT-LENGTH: 1\r\nTRANSFER-ENCODING: chunked");
    assertEquals(
        List.of("wIs"), head(get("CONNECTION: UPGRADE", "UPGRADE: wIs")).upgradeProtocols());
  }

  @Test
  @DisplayName("P33 characters that only some locale takes for an i or k are others")
  void lookAlikes() {
    FieldLines fields = FieldLines.builder().add("Title", "1").add("Kind", "2").build();
    assertFalse(fields.contains("T\u0131tle"));
    assertFalse(fields.contains("T\u0130TLE"));
    assertFalse(fields.contains("\u212Aind"));
    assertTrue(fields.contains("TITLE"));
    assertTrue(fields.contains("KIND"));
  }

  @Test
  @DisplayName("P33 numbers are written in ASCII digits in Arabic, too")
  void digits() {
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    ByteBuffer out = ByteBuffer.allocate(60);
    Http1Encoder.statusLine(200, "", out);
    Http1Encoder.fieldLine("A", 1234567890, out);
    Http1Encoder.chunkHead(0xabcdef, out);
    assertEquals(
        "HTTP/1.1 200 \r\nA: 1234567890\r\nabcdef\r\n",
        new String(out.array(), 0, out.position(), java.nio.charset.StandardCharsets.US_ASCII));
  }
}
