/**
 * Keeps sessions in Redis, so that several JVMs share them.
 *
 * <p>Each operation on a session is one Lua script, hence one step for all clients.
 */
@NullMarked
package io.gild.memory.redis;

import org.jspecify.annotations.NullMarked;
