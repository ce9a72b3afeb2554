package io.gild.memory;

import io.gild.config.Experimental;

/**
 * What a change did.
 *
 * @param applied whether the conditions of the change were met; if not, nothing was changed
 * @param revision the revision of the session now; 0 if there is none
 * @param added how many messages were appended
 * @param trimmed how many messages were removed to keep within the limits
 * @param messages how many messages the session has now
 * @param tokens their tokens
 */
@Experimental
public record SessionOutcome(
    boolean applied, long revision, int added, int trimmed, int messages, long tokens) {}
