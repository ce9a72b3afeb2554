/**
 * Watches what agents do: records their calls and replays them, and notes where an application asks
 * models. What a recording holds, and how it is written, is {@code io.gild.recording}'s.
 */
@NullMarked
package io.gild.watching;

import org.jspecify.annotations.NullMarked;
