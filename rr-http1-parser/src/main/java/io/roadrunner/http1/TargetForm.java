package io.roadrunner.http1;

/** Which of the forms of RFC 9112 §3.2 a request target has. */
enum TargetForm {
  ORIGIN,
  ABSOLUTE,
  AUTHORITY,
  ASTERISK
}
