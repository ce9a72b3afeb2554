/**
 * The interfaces that libraries, HTTP clients, recorders and replayers implement, so that the agent
 * weaves or calls them.
 *
 * <p>The agent finds {@link io.gild.weaver.spi.LibraryProvider} and {@link
 * io.gild.weaver.spi.HttpClientProvider} by {@link java.util.ServiceLoader}.
 */
@NullMarked
package io.gild.weaver.spi;

import org.jspecify.annotations.NullMarked;
