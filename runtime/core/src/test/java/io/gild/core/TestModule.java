package io.gild.core;

import io.gild.config.PolicyTree;
import io.gild.config.PolicyType;
import io.gild.core.spi.GildModule;
import java.util.List;
import java.util.Map;

/** Policies for tests of the pipeline, which no stage enforces by itself. */
public final class TestModule implements GildModule {

  /** A policy that acts. */
  public record Retries(int maxAttempts) {}

  /** A policy that watches. */
  public record Watches(boolean spans) {}

  @Override
  public String name() {
    return "test";
  }

  @Override
  public List<PolicyType<?>> policies() {
    return List.of(
        PolicyType.of("retries", Retries.class).defaults(PolicyTree.of(Map.of("max-attempts", 3))),
        PolicyType.of("watches", Watches.class)
            .defaults(PolicyTree.of(Map.of("spans", true)))
            .onByDefault()
            .inEveryCall()
            .leavingAnswers(policy -> true, policy -> policy));
  }
}
