/** Answers with files: which one, whether the client has it already, and which part of it. */
@NullMarked
package io.roadrunner.server.files;

import org.jspecify.annotations.NullMarked;
