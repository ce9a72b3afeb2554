package io.gild.memory;

import io.gild.config.Experimental;

/**
 * An experience that may help with a task.
 *
 * @param experience the experience
 * @param usefulness similarity × priority × outcome; 0 to 1
 * @param similarity how similar its task is; 0 to 1
 */
@Experimental
public record UsefulExperience(FinishedTask experience, double usefulness, double similarity) {}
