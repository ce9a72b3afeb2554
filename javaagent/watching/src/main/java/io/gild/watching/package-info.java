/**
 * Watches agents: records their calls and replays them, and notes where an application calls
 * models. {@code io.gild.recording} defines the content and the format of a recording.
 */
@NullMarked
package io.gild.watching;

import org.jspecify.annotations.NullMarked;
