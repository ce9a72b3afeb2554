/**
 * Keeps the chat memories of Spring AI in sessions.
 *
 * <p>Two writers of one conversation lose none of each other's messages.
 */
@NullMarked
package io.gild.memory.springai;

import org.jspecify.annotations.NullMarked;
