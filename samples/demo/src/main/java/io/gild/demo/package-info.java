/**
 * The demonstration: an unmodified agent answers the same questions twice, without Gild and with
 * it. Requests and money are counted from the loopback provider's own log, and answers are scored
 * by the questions' true intents; Gild's own figures are printed beside them, never instead.
 */
@NullMarked
package io.gild.demo;

import org.jspecify.annotations.NullMarked;
