package io.roadrunner.deflate;

/** Why a call on a part of a message returned. */
public enum Progress {
  /** All input has been taken, and what can be made of it so far stands in the output. */
  NEED_INPUT,
  /** The output is full: empty it, then repeat the call with what is left of the input. */
  NEED_OUTPUT,
  /** All input of the last part has been taken, and all output of the message has been written. */
  MESSAGE_END
}
