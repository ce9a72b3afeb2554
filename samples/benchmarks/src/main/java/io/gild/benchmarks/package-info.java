/**
 * What Gild costs, measured beside what it replaces: each comparison runs both sides in turn on the
 * same machine, so that its ratio holds even where the nanoseconds do not.
 */
@NullMarked
package io.gild.benchmarks;

import org.jspecify.annotations.NullMarked;
