/**
 * Finds agents in Java sources and prepares them for Gild. Each step is an ordinary OpenRewrite
 * recipe; {@link io.gild.recipes.Migration} runs them over a folder of modules.
 */
@NullMarked
package io.gild.recipes;

import org.jspecify.annotations.NullMarked;
