package io.roadrunner.websocket;

import io.roadrunner.conformance.Effort;
import io.roadrunner.conformance.WebSocketConformance;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The conformance suite against codecs without a transport. */
class ConformanceTest {

  @TestFactory
  @DisplayName("W04-W08, W11, W12, D02-D04: the light cases")
  Stream<DynamicTest> light() {
    return cases(Effort.LIGHT);
  }

  @TestFactory
  @Tag("conformance")
  Stream<DynamicTest> heavy() {
    return cases(Effort.HEAVY);
  }

  private static Stream<DynamicTest> cases(Effort effort) {
    return WebSocketConformance.cases(effort).stream()
        .map(one -> DynamicTest.dynamicTest(one.toString(), () -> one.run(CodecEcho::connect)));
  }
}
