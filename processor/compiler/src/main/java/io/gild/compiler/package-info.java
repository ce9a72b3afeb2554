/**
 * The annotation processor: reads agents, checks them, and writes a wrapper and a registry file for
 * each.
 *
 * <p>It knows the run time by name only, so that it never forces a module on the code it compiles.
 */
@NullMarked
package io.gild.compiler;

import org.jspecify.annotations.NullMarked;
