/** Certificates, keys, and the engines made of them; knows neither sockets nor HTTP. */
@NullMarked
package io.roadrunner.server.tls;

import org.jspecify.annotations.NullMarked;
