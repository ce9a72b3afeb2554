/**
 * Serves agents over the Agent2Agent protocol, on a small HTTP server of its own.
 *
 * <p>The JDK's HTTP server is not used: its streams need a thread each, and it delays small answers
 * unless a property of the whole JVM is set.
 */
@NullMarked
package io.gild.a2a.server;

import org.jspecify.annotations.NullMarked;
