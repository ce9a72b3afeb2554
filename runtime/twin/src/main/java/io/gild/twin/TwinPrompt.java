package io.gild.twin;

import io.gild.config.Experimental;
import org.jspecify.annotations.Nullable;

/**
 * One version of a system prompt.
 *
 * @param sha256 the SHA-256 of its text in hexadecimal, which identifies the version
 * @param requests how many recorded requests have it; 1 or more
 * @param text the prompt; {@code null} unless it was asked for
 */
@Experimental
public record TwinPrompt(String sha256, long requests, @Nullable String text) {}
