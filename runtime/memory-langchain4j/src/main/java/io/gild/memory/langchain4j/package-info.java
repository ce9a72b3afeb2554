/**
 * Keeps the chat memories of LangChain4j in sessions.
 *
 * <p>Two writers of one conversation lose none of each other's messages.
 */
@NullMarked
package io.gild.memory.langchain4j;

import org.jspecify.annotations.NullMarked;
