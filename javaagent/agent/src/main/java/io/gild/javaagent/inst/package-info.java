/**
 * Composes the agent: the weaver, the libraries and HTTP clients that are found, and the watchers.
 *
 * <p>The classes lie under {@code inst/} of the agent's jar, where {@link
 * io.gild.javaagent.inst.Installer} is known to the entry point only by its name.
 */
@NullMarked
package io.gild.javaagent.inst;

import org.jspecify.annotations.NullMarked;
