/**
 * Recordings of what models and tools say to an application: cassettes, how they are written and
 * read, and how they answer again.
 *
 * <p>Secrets are scrubbed before anything is written.
 */
@NullMarked
package io.gild.recording;

import org.jspecify.annotations.NullMarked;
