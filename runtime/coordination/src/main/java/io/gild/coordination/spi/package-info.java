/** What an engine of the broker implements. */
@NullMarked
package io.gild.coordination.spi;

import org.jspecify.annotations.NullMarked;
