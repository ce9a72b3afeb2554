package io.gild.evaluation.spi;

public interface Validator {}
