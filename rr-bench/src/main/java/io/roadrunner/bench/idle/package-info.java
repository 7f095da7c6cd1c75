/** What connections cost that do nothing. */
package io.roadrunner.bench.idle;
