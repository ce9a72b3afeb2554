/** What an index of vectors or texts implements. */
@NullMarked
package io.gild.vectors.spi;

import org.jspecify.annotations.NullMarked;
