/**
 * Recordings of the answers of models and tools: cassettes are written, read and replayed.
 *
 * <p>Secrets are scrubbed before anything is written.
 */
@NullMarked
package io.gild.recording;

import org.jspecify.annotations.NullMarked;
