/**
 * The demonstration: an unmodified agent answers the same questions twice, without Gild and with
 * it. A loopback provider's own log judges requests and money, and the questions' true intents
 * judge the answers; what Gild says about itself is printed beside, never instead.
 */
@NullMarked
package io.gild.demo;

import org.jspecify.annotations.NullMarked;
