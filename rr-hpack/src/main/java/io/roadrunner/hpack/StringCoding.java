package io.roadrunner.hpack;

/** How an encoder writes the strings of literal fields (RFC 7541 §5.2). */
public enum StringCoding {
  /** In the Huffman code where that is shorter, which it nearly always is, by a fifth or more. */
  SHORTEST,

  /** As they are. Takes more octets and less time: for fast networks. */
  PLAIN
}
