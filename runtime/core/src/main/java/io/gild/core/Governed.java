package io.gild.core;

/**
 * Marks an object whose class already governs its calls, so that they are not governed again.
 *
 * <p>Generated wrappers implement it.
 */
public interface Governed {}
