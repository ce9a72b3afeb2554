/**
 * A customer support agent as many teams run one: LangChain4j, one strong model, no retries. It was
 * written before Gild and has no reference to it.
 */
@NullMarked
package com.acme.support;

import org.jspecify.annotations.NullMarked;
