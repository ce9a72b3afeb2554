/**
 * Support for tests of agents: a model provider on the loopback interface and a manual clock. The
 * provider supports the wire formats of OpenAI, Anthropic, Ollama, Gemini and Bedrock, has latency
 * and faults that depend on a seed, and keeps a log for comparisons.
 */
@NullMarked
package io.gild.testkit;

import org.jspecify.annotations.NullMarked;
