/** What {@code h2-compare.sh} needs besides the servers of others. */
package io.roadrunner.bench.http2;
