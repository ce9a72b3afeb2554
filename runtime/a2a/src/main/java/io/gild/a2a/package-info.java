/**
 * The Agent2Agent protocol, versions 1.0 and 0.3: a server on the JDK alone, a client, and agent
 * cards.
 *
 * <p>A served agent is a governed method: every message that it answers passes the pipeline.
 */
@NullMarked
package io.gild.a2a;

import org.jspecify.annotations.NullMarked;
