/**
 * From a method and a raw path to who answers: patterns, the path policy, and the compiled table.
 */
@NullMarked
package io.roadrunner.server.routing;

import org.jspecify.annotations.NullMarked;
