package io.gild.cost;

public final class CostModule {}
