/**
 * The live console: one page, served from inside the JVM, that shows what its agents do, cost and
 * break.
 */
@NullMarked
package io.gild.console;

import org.jspecify.annotations.NullMarked;
