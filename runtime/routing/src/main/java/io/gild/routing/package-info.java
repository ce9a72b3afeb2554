/**
 * Chooses the model of each call: by the prompt, by what earlier answers taught, by cost or
 * latency, or as a cascade that checks the answer of a cheap model before a dear one is tried.
 */
@NullMarked
package io.gild.routing;

import org.jspecify.annotations.NullMarked;
