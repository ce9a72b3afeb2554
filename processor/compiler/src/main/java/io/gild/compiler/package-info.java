/**
 * The annotation processor: reads agents, checks them, and writes a wrapper and a registry file for
 * each.
 *
 * <p>It refers to the run time only by names, so that it never adds a module to the code it
 * compiles.
 */
@NullMarked
package io.gild.compiler;

import org.jspecify.annotations.NullMarked;
