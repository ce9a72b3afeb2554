package io.gild.core;

public interface Governed {}
