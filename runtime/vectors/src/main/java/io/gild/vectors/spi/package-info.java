/** What an index of vectors implements. */
@NullMarked
package io.gild.vectors.spi;

import org.jspecify.annotations.NullMarked;
