package io.gild.cost;

import io.gild.config.Experimental;
import io.gild.core.MethodSpec;
import java.util.Set;

/**
 * An answer that a cache keeps.
 *
 * @param method whose answer it is
 * @param value the answer: what the method returned, or the elements of its stream; it must not be
 *     changed
 * @param tags by which it is dropped
 */
@Experimental
public record CachedAnswer(MethodSpec method, Object value, Set<String> tags) {}
