/**
 * Maven goals: golden tests from the registry, and the quality gate after them.
 *
 * <p>The goals read the registry that the annotation processor wrote; they run no code of the
 * project.
 */
@NullMarked
package io.gild.maven;

import org.jspecify.annotations.NullMarked;
