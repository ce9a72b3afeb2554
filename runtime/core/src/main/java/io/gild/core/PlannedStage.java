package io.gild.core;

import io.gild.core.spi.Stage;

/**
 * A stage in a plan.
 *
 * @param policy the {@link io.gild.config.PolicyType#bit() bit} of the stage's policy, 0 for none
 * @param watches whether the stage changes neither the outcome of a call nor its result
 */
record PlannedStage(Stage stage, int policy, boolean watches) {}
