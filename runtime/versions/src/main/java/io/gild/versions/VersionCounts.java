package io.gild.versions;

import io.gild.config.Experimental;

/**
 * What a rollout has done so far.
 *
 * @param stable calls that the present version answered
 * @param canary calls that the new version answered
 * @param shadows calls that the new version answered a second time, for comparison
 * @param droppedShadows shadows that did not run, because too many were under way
 * @param skippedShadows shadows that could not run, because of their arguments or their method
 */
@Experimental
public record VersionCounts(
    long stable, long canary, long shadows, long droppedShadows, long skippedShadows) {}
