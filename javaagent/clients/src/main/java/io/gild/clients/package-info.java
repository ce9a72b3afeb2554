/**
 * Counts the requests that HTTP clients send for a governed call, and keeps those from going out
 * that must not.
 *
 * <p>Each client is a class that implements {@link io.gild.weaver.spi.Library}, with a provider by
 * which the agent finds it.
 */
@NullMarked
package io.gild.clients;

import org.jspecify.annotations.NullMarked;
