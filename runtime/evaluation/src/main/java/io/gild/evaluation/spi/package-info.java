/** Interfaces that users implement: custom validators, and providers of agents for golden tests. */
@NullMarked
package io.gild.evaluation.spi;

import org.jspecify.annotations.NullMarked;
