package io.gild.annotations;

/** x. */
public @interface Agent {}
