package io.gild.config;

/**
 * How far a governed call reaches.
 *
 * @param pools whether it follows tasks to thread pools, common pool and virtual threads included
 */
public record Context(boolean pools) {}
