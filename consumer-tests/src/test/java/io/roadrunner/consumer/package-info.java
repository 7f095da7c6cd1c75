/** Programs that use one piece of the toolkit each, compiled and run as another project would. */
@NullMarked
package io.roadrunner.consumer;

import org.jspecify.annotations.NullMarked;
