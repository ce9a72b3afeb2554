/**
 * The interfaces that Gild's modules implement: stages of the pipeline, listeners and sources of
 * settings.
 *
 * <p>Everything here is found by {@link java.util.ServiceLoader} or given to the builder of {@link
 * io.gild.core.GildRuntime}.
 */
@NullMarked
package io.gild.core.spi;

import org.jspecify.annotations.NullMarked;
