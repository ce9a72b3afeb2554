package io.gild.redis;

import io.gild.config.Experimental;
import java.util.function.BiFunction;

/**
 * What uses Redis, for messages about failures.
 *
 * @param section the settings that name the server, such as {@code memory.redis}
 * @param relief what frees memory of a full server, after "raise its maxmemory, or"
 * @param failure makes an exception of a message and its cause
 */
@Experimental
public record RedisPurpose(
    String section, String relief, BiFunction<String, Throwable, RuntimeException> failure) {}
