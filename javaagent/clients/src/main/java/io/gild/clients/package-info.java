/**
 * Counts the requests that HTTP clients send for a governed call, and blocks requests that must not
 * be sent.
 *
 * <p>Each client is a class that implements {@link io.gild.weaver.spi.Library}, with a provider by
 * which the agent finds it.
 */
@NullMarked
package io.gild.clients;

import org.jspecify.annotations.NullMarked;
