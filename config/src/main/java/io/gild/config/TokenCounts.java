package io.gild.config;

/**
 * Tokens of one kind or another that a price is asked for.
 *
 * @param input tokens sent, of all kinds; zero or more
 * @param cachedInput those of {@code input} that the provider had cached
 * @param cacheWrite those of {@code input} that the provider was asked to cache
 * @param cacheWriteHour those of {@code cacheWrite} that it keeps for an hour
 * @param inputAudio those of {@code input} that were sound and not cached
 * @param output tokens received, of all kinds; zero or more
 * @param outputAudio those of {@code output} that are sound
 */
public record TokenCounts(
    long input,
    long cachedInput,
    long cacheWrite,
    long cacheWriteHour,
    long inputAudio,
    long output,
    long outputAudio) {}
