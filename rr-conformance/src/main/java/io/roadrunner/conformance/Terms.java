package io.roadrunner.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The parameters of permessage-deflate (RFC 7692 §7.1), in an offer or an answer.
 *
 * @param serverBits 8 to 15, or {@link #ABSENT}
 * @param clientBits 8 to 15, {@link #ABSENT} or {@link #WITHOUT_VALUE}
 */
record Terms(Context server, Context client, int serverBits, int clientBits) {

  static final int ABSENT = 0;
  static final int WITHOUT_VALUE = 16;

  /** Whether messages refer to earlier ones. */
  enum Context {
    KEPT,
    FRESH
  }

  /** An offer without parameters. */
  static final Terms NONE = new Terms(Context.KEPT, Context.KEPT, ABSENT, ABSENT);

  static Terms of(Context server, int serverBits) {
    return new Terms(server, Context.KEPT, serverBits, WITHOUT_VALUE);
  }

  /** All there are. */
  static List<Terms> all() {
    List<Terms> all = new ArrayList<>();
    for (Context server : Context.values()) {
      for (Context client : Context.values()) {
        for (int serverBits : new int[] {ABSENT, 8, 9, 10, 11, 12, 13, 14, 15}) {
          for (int clientBits : new int[] {ABSENT, 8, 9, 10, 11, 12, 13, 14, 15, WITHOUT_VALUE}) {
            all.add(new Terms(server, client, serverBits, clientBits));
          }
        }
      }
    }
    return all;
  }

  /** Reads an answer that has this one extension; fails on everything else. */
  static Terms ofAnswer(String field) {
    List<String> parts = Arrays.stream(field.split(";", -1)).map(Terms::withoutSpace).toList();
    if (!parts.getFirst().equals("permessage-deflate")) {
      throw new AssertionError("no permessage-deflate in the answer: " + field);
    }
    Terms terms = NONE;
    for (String part : parts.subList(1, parts.size())) {
      Terms next = terms.with(part);
      if (next.equals(terms)) {
        throw new AssertionError("repeated parameter in the answer: " + field);
      }
      terms = next;
    }
    return terms;
  }

  private static String withoutSpace(String text) {
    return text.replace(" ", "");
  }

  private Terms with(String parameter) {
    int bits = bits(parameter);
    return switch (parameter.replaceAll("=.*", "")) {
      case "server_no_context_takeover" -> new Terms(Context.FRESH, client, serverBits, clientBits);
      case "client_no_context_takeover" -> new Terms(server, Context.FRESH, serverBits, clientBits);
      case "server_max_window_bits" -> new Terms(server, client, bits, clientBits);
      case "client_max_window_bits" -> new Terms(server, client, serverBits, bits);
      default -> throw new AssertionError("unknown parameter in the answer: " + parameter);
    };
  }

  private static int bits(String parameter) {
    for (int bits = 8; bits <= 15; bits++) {
      if (parameter.endsWith("_bits=" + bits)) {
        return bits;
      }
    }
    if (parameter.endsWith("_takeover")) {
      return ABSENT;
    }
    throw new AssertionError("bad value in the answer: " + parameter);
  }

  /** Fails unless this is an answer to that offer (RFC 7692 §7.1). */
  void answers(Terms offer) {
    check(offer.server == Context.KEPT || server == Context.FRESH, offer);
    check(offer.serverBits == ABSENT || serverBits != ABSENT, offer);
    check(offer.serverBits == ABSENT || serverBits <= offer.serverBits, offer);
    check(clientBits <= offer.clientBits, offer);
  }

  private void check(boolean right, Terms offer) {
    if (!right) {
      throw new AssertionError("'" + this + "' does not answer '" + offer + "'");
    }
  }

  /** The value of the field. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("permessage-deflate");
    text.append(server == Context.FRESH ? "; server_no_context_takeover" : "");
    text.append(client == Context.FRESH ? "; client_no_context_takeover" : "");
    text.append(serverBits == ABSENT ? "" : "; server_max_window_bits=" + serverBits);
    if (clientBits == WITHOUT_VALUE) {
      text.append("; client_max_window_bits");
    } else if (clientBits != ABSENT) {
      text.append("; client_max_window_bits=").append(clientBits);
    }
    return text.toString();
  }
}
