/**
 * What modules implement to take part in the settings; found by {@link java.util.ServiceLoader}.
 */
@NullMarked
package io.gild.config.spi;

import org.jspecify.annotations.NullMarked;
