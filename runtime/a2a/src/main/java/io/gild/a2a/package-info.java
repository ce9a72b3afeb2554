/**
 * The Agent2Agent protocol, versions 1.0 and 0.3: messages, tasks, events and agent cards, and how
 * they are written and read.
 *
 * <p>The server and its handlers are in {@code io.gild.a2a.server}. A handler that calls a governed
 * method passes the pipeline by that call.
 */
@NullMarked
package io.gild.a2a;

import org.jspecify.annotations.NullMarked;
