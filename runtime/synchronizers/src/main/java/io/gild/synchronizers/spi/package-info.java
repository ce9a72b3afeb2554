/** What an engine of synchronizers implements. */
@NullMarked
package io.gild.synchronizers.spi;

import org.jspecify.annotations.NullMarked;
