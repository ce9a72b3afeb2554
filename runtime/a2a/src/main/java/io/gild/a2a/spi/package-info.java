/** What others implement: where the tasks of served agents are kept. */
@NullMarked
package io.gild.a2a.spi;

import org.jspecify.annotations.NullMarked;
