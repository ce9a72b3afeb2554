/**
 * The governed call: every intercepted call becomes an {@link io.gild.core.AgentCall} and passes
 * the same pipeline.
 *
 * <p>A {@link io.gild.core.GovernedMethod} is compiled once per method from its policies; the
 * stages come from the modules found by the service loader.
 */
@NullMarked
package io.gild.core;

import org.jspecify.annotations.NullMarked;
