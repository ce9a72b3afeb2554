/** What modules implement that keep the ledger elsewhere than in a folder. */
@NullMarked
package io.gild.ledger.spi;

import org.jspecify.annotations.NullMarked;
