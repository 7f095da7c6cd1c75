/** Servers of others, to be measured beside ours under the same load. */
package io.roadrunner.bench.peers;
