/**
 * What agents remember: conversations, facts and experiences, with their stores.
 *
 * <p>A conversation is a session of messages. Facts and experiences outlive it.
 */
@NullMarked
package io.gild.memory;

import org.jspecify.annotations.NullMarked;
