/**
 * Joins LangChain4j's models to governed calls without a javaagent.
 *
 * <p>One listener reports tokens, model and finish reason of each answer.
 */
@NullMarked
package io.gild.langchain4j;

import org.jspecify.annotations.NullMarked;
