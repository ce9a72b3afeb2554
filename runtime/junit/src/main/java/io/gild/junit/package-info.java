/**
 * Runs golden tasks wherever the JUnit Platform does: in IDEs, Gradle, the console launcher.
 *
 * <p>Nothing is generated: the engine finds agents by the registry that Gild's processor wrote.
 */
@NullMarked
package io.gild.junit;

import org.jspecify.annotations.NullMarked;
