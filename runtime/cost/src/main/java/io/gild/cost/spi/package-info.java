/** What other modules implement for the cost module: stores that several JVMs share, tokenizers. */
@NullMarked
package io.gild.cost.spi;

import org.jspecify.annotations.NullMarked;
