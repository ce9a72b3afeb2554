/**
 * Keeps the chat memories of unmodified applications in sessions: the stores with which LangChain4j
 * and Spring AI keep them in the heap.
 *
 * <p>{@link io.gild.memories.ChatMemories} weaves these stores. The messages are translated by the
 * adapters {@code gild-memory-langchain4j} and {@code gild-memory-spring-ai}, whose classes are
 * defined once more beside the framework of each application.
 */
@NullMarked
package io.gild.memories;

import org.jspecify.annotations.NullMarked;
