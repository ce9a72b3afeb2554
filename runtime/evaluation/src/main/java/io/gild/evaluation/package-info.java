/**
 * Returns whether agents still answer well: golden tasks and the validators that judge them.
 *
 * <p>Generated tests call {@link io.gild.evaluation.GoldenTests}, which leaves one line per task
 * for the quality gate.
 */
@NullMarked
package io.gild.evaluation;

import org.jspecify.annotations.NullMarked;
