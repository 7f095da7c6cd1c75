package io.roadrunner.deflate;

/** An element whose parameters break a rule. */
record Invalid(DeflateViolation violation) implements Reading {}
