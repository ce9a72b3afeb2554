/**
 * What tests of agents need: a model provider on the loopback interface and a clock moved by hand.
 * The provider speaks the wire formats of OpenAI, Anthropic and Ollama, is slow and faulty on
 * purpose and by seed, and keeps a log that others can be compared with.
 */
@NullMarked
package io.gild.testkit;

import org.jspecify.annotations.NullMarked;
