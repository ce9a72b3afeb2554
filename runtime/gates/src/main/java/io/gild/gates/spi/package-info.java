/** What other modules implement to take part in quality gates. */
@NullMarked
package io.gild.gates.spi;

import org.jspecify.annotations.NullMarked;
