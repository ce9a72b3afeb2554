/** What stores of memory implement. */
@NullMarked
package io.gild.memory.spi;

import org.jspecify.annotations.NullMarked;
