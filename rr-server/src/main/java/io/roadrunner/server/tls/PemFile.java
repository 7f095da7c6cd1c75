package io.roadrunner.server.tls;

import io.roadrunner.server.LogText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The blocks of a PEM file (RFC 7468), in their order; text around them is explanatory and skipped.
 *
 * @param what the file is for and its path, for messages
 * @param blocks in the order of the file
 */
record PemFile(String what, List<Block> blocks) {

  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";

  /** Far more than any chain needs; a wrong path may name something huge. */
  private static final long LARGEST = 4 << 20;

  /**
   * What stands between a BEGIN and its END line.
   *
   * @param label as in {@code BEGIN CERTIFICATE}
   * @param base64 the content, without line ends
   */
  record Block(String label, String base64) {

    byte[] bytes(String what) {
      try {
        return Base64.getDecoder().decode(base64);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            what + ": the block " + LogText.escape(label) + " is not base64", e);
      }
    }
  }

  /**
   * Reads a file.
   *
   * @param role what it is for, as in "certificate chain"
   * @throws IllegalArgumentException if it cannot be read, or holds no block
   */
  static PemFile read(String role, Path file) {
    String what = describe(role, file);
    try {
      if (Files.size(file) > LARGEST) {
        throw new IllegalArgumentException(what + ": too large for a PEM file");
      }
      return parse(what, Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(what + ": there is no such file", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(what + ": cannot be read (" + e + ")", e);
    }
  }

  static String describe(String role, Path file) {
    return role + " \"" + LogText.escape(file.toString()) + "\"";
  }

  static PemFile parse(String what, String text) {
    List<Block> blocks = new ArrayList<>();
    String label = "";
    StringBuilder content = new StringBuilder();
    for (String line : text.lines().map(String::strip).toList()) {
      if (line.startsWith(BEGIN) && line.endsWith(DASHES)) {
        label = line.substring(BEGIN.length(), line.length() - DASHES.length());
        content.setLength(0);
      } else if (!label.isEmpty() && line.equals(END + label + DASHES)) {
        blocks.add(new Block(label, content.toString()));
        label = "";
      } else if (!label.isEmpty()) {
        content.append(line);
      }
    }
    if (!label.isEmpty()) {
      throw new IllegalArgumentException(
          what + ": the block " + LogText.escape(label) + " has no END line");
    }
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException(what + ": no PEM block (-----BEGIN ...) in it");
    }
    return new PemFile(what, List.copyOf(blocks));
  }
}
