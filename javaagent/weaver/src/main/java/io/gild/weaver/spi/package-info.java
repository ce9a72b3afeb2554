/**
 * What libraries, HTTP clients, recorders and replayers implement to be woven, or to be asked, by
 * the agent.
 *
 * <p>The agent finds {@link io.gild.weaver.spi.LibraryProvider} and {@link
 * io.gild.weaver.spi.HttpClientProvider} by {@link java.util.ServiceLoader}.
 */
@NullMarked
package io.gild.weaver.spi;

import org.jspecify.annotations.NullMarked;
