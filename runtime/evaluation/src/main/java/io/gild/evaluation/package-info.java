/**
 * Golden tasks, which check that agents still answer well, and the validators that judge the
 * answers.
 *
 * <p>Generated tests call {@link io.gild.evaluation.GoldenTests}, which writes one line per task
 * for the quality gate.
 */
@NullMarked
package io.gild.evaluation;

import org.jspecify.annotations.NullMarked;
