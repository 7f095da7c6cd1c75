/** From a request to its response: the seam between protocols and application. */
@NullMarked
package io.roadrunner.server.pipeline;

import org.jspecify.annotations.NullMarked;
