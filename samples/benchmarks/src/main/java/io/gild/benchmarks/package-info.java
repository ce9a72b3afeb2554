/**
 * The cost of Gild, measured beside the code that it replaces: each comparison runs both sides in
 * turn on the same machine, so that its ratio is valid even if the nanoseconds are not.
 */
@NullMarked
package io.gild.benchmarks;

import org.jspecify.annotations.NullMarked;
