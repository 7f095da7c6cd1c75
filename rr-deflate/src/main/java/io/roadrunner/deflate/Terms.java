package io.roadrunner.deflate;

import io.roadrunner.deflate.Extension.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The parameters of one element, read and checked (RFC 7692 §7.1).
 *
 * @param clientBits an offer without a value stands for 15: both say that the client can use a
 *     smaller window if asked, and that it uses any otherwise
 */
record Terms(
    ContextTakeover serverContext,
    ContextTakeover clientContext,
    OptionalInt serverBits,
    OptionalInt clientBits)
    implements Reading {

  static final String EXTENSION = "permessage-deflate";

  private static final String SERVER_NO_CONTEXT = "server_no_context_takeover";
  private static final String CLIENT_NO_CONTEXT = "client_no_context_takeover";
  private static final String SERVER_BITS = "server_max_window_bits";
  private static final String CLIENT_BITS = "client_max_window_bits";

  private static final Terms NONE =
      new Terms(
          ContextTakeover.ALLOWED,
          ContextTakeover.ALLOWED,
          OptionalInt.empty(),
          OptionalInt.empty());

  /** Reads an element that a client offers. */
  static Reading ofOffer(Extension offer) {
    return read(offer, OptionalInt.of(WindowBits.MOST));
  }

  /** Reads an element that a server answers with. */
  static Reading ofResponse(Extension response) {
    // RFC 7692 §7.1.2.2: in a response the parameter has a value.
    return read(response, OptionalInt.empty());
  }

  private static Reading read(Extension element, OptionalInt clientBitsWithoutValue) {
    Terms terms = NONE;
    for (Parameter parameter : element.parameters()) {
      Reading next = terms.plus(parameter, clientBitsWithoutValue);
      switch (next) {
        case Terms more -> terms = more;
        case Invalid invalid -> {
          return invalid;
        }
      }
    }
    return terms;
  }

  private Reading plus(Parameter parameter, OptionalInt clientBitsWithoutValue) {
    Optional<String> value = parameter.value();
    return switch (parameter.name()) {
      case SERVER_NO_CONTEXT -> flag(serverContext, value, withServerContext(ContextTakeover.NONE));
      case CLIENT_NO_CONTEXT -> flag(clientContext, value, withClientContext(ContextTakeover.NONE));
      case SERVER_BITS -> {
        OptionalInt bits = value.map(WindowBits::parse).orElse(OptionalInt.empty());
        yield bits(serverBits, bits, withServerBits(bits));
      }
      case CLIENT_BITS -> {
        OptionalInt bits = value.map(WindowBits::parse).orElse(clientBitsWithoutValue);
        yield bits(clientBits, bits, withClientBits(bits));
      }
      default -> new Invalid(DeflateViolation.UNKNOWN_PARAMETER);
    };
  }

  private static Reading flag(ContextTakeover before, Optional<String> value, Terms after) {
    if (before == ContextTakeover.NONE) {
      return new Invalid(DeflateViolation.REPEATED_PARAMETER);
    }
    return value.isEmpty() ? after : new Invalid(DeflateViolation.BAD_PARAMETER_VALUE);
  }

  private static Reading bits(OptionalInt before, OptionalInt bits, Terms after) {
    if (before.isPresent()) {
      return new Invalid(DeflateViolation.REPEATED_PARAMETER);
    }
    return bits.isPresent() ? after : new Invalid(DeflateViolation.BAD_PARAMETER_VALUE);
  }

  /** The element that says this. */
  Extension toExtension() {
    List<Parameter> parameters = new ArrayList<>();
    if (serverContext == ContextTakeover.NONE) {
      parameters.add(Parameter.of(SERVER_NO_CONTEXT));
    }
    if (clientContext == ContextTakeover.NONE) {
      parameters.add(Parameter.of(CLIENT_NO_CONTEXT));
    }
    serverBits.ifPresent(bits -> parameters.add(Parameter.of(SERVER_BITS, Integer.toString(bits))));
    // Only an offer has 15 here. Without a value it is what all servers know, since browsers send
    // it.
    clientBits.ifPresent(
        bits ->
            parameters.add(
                bits == WindowBits.MOST
                    ? Parameter.of(CLIENT_BITS)
                    : Parameter.of(CLIENT_BITS, Integer.toString(bits))));
    return new Extension(EXTENSION, parameters);
  }

  private Terms withServerContext(ContextTakeover context) {
    return new Terms(context, clientContext, serverBits, clientBits);
  }

  private Terms withClientContext(ContextTakeover context) {
    return new Terms(serverContext, context, serverBits, clientBits);
  }

  private Terms withServerBits(OptionalInt bits) {
    return new Terms(serverContext, clientContext, bits, clientBits);
  }

  private Terms withClientBits(OptionalInt bits) {
    return new Terms(serverContext, clientContext, serverBits, bits);
  }
}
