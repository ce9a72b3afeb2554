/** What other modules add to smoke tests: tests of their own parts, and ways to ask an agent. */
@NullMarked
package io.gild.smoke.spi;

import org.jspecify.annotations.NullMarked;
