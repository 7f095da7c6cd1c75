package io.roadrunner.deflate;

/** Which part of a message a call brings. */
public enum Part {
  /** More of the message follows in later calls. */
  MORE,
  /** With these bytes the payload of the message is complete. */
  LAST
}
