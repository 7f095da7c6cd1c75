package io.roadrunner.deflate;

/** What became of the parameters of one element. */
sealed interface Reading permits Terms, Invalid {}
