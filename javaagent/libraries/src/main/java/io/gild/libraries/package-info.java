/**
 * Governs requests to models where their libraries send them: LangChain4j, Spring AI, openai-java,
 * anthropic-java, google-genai, Google's ADK and Bedrock.
 *
 * <p>Each library is a class that implements {@link io.gild.weaver.spi.Library}, with a provider by
 * which the agent finds it. A {@link io.gild.libraries.ModelDialect} reads and writes its objects,
 * which are accessed only by names.
 */
@NullMarked
package io.gild.libraries;

import org.jspecify.annotations.NullMarked;
