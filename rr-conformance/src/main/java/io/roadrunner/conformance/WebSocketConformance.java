package io.roadrunner.conformance;

import java.util.List;

/**
 * The suite: what a server has to do on a WebSocket past its handshake, in the order of RFC 6455
 * and RFC 7692. The client in it shares no code with any server: it builds frames bit by bit, reads
 * strictly, and decompresses with a decoder that refuses a reference beyond the agreed window.
 *
 * <pre>
 * for (ConformanceCase one : WebSocketConformance.cases(Effort.LIGHT)) {
 *   one.run(server);
 * }
 * </pre>
 */
public final class WebSocketConformance {

  private WebSocketConformance() {}

  /**
   * The cases of one effort.
   *
   * @param effort which ones
   * @return in the order of the RFCs
   */
  public static List<ConformanceCase> cases(Effort effort) {
    CaseList list = new CaseList();
    FramingCases.addTo(list);
    FragmentationCases.addTo(list);
    ControlCases.addTo(list);
    CloseCases.addTo(list);
    TextCases.addTo(list);
    LargeMessageCases.addTo(list);
    NegotiationCases.addTo(list);
    CompressionCases.addTo(list);
    CompressedVolumeCases.addTo(list);
    return list.all().stream().filter(one -> one.effort() == effort).toList();
  }
}
