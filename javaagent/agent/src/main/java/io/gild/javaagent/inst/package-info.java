/**
 * Composes the agent: the weaver, the libraries and HTTP clients that are found, and what watches.
 *
 * <p>The classes lie under {@code inst/} of the agent's jar, where {@link
 * io.gild.javaagent.inst.Installer} is known to the entry by its name alone.
 */
@NullMarked
package io.gild.javaagent.inst;

import org.jspecify.annotations.NullMarked;
