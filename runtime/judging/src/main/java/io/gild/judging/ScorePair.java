package io.gild.judging;

import io.gild.config.Experimental;

/**
 * Scores of one golden task that both versions answered at the same time.
 *
 * @param task id of the task
 * @param stable score of the present version, 0 to 1; the judge leaves out pairs with another
 *     number
 * @param canary score of the new version, 0 to 1
 */
@Experimental
public record ScorePair(String task, double stable, double canary) {}
