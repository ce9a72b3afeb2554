/**
 * Runs golden tasks in every launcher of the JUnit Platform: IDEs, Gradle, the console launcher.
 *
 * <p>No tests are generated: the engine finds agents in the registry that Gild's processor wrote.
 */
@NullMarked
package io.gild.junit;

import org.jspecify.annotations.NullMarked;
