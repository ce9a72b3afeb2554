package io.gild.reliability;

public final class ReliabilityModule {}
