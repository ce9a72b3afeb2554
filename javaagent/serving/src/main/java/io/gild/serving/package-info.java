/**
 * Serves methods of unmodified applications to other agents, over the Agent2Agent protocol.
 *
 * <p>{@link io.gild.serving.ServedAgents} weaves the methods that {@code a2a.serve} names, so that
 * their calls are governed, and learns of the objects that the application makes.
 */
@NullMarked
package io.gild.serving;

import org.jspecify.annotations.NullMarked;
