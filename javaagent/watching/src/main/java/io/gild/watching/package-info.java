/**
 * Watches what agents do: records their calls and replays them, and notes where an application asks
 * models.
 *
 * <p>Secrets are scrubbed before anything is written.
 */
@NullMarked
package io.gild.watching;

import org.jspecify.annotations.NullMarked;
