package io.gild.cost.redis;

import io.gild.config.PolicyTree;
import io.gild.config.Settings;
import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.Effect;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.core.MethodSpec.Parameter;
import io.gild.core.MethodSpec.Role;
import io.gild.core.spi.Control;
import io.gild.core.spi.Controllable;
import io.gild.cost.CostModule;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A runtime that shares cached answers, as a JVM of its own would. */
final class SharedCache implements AutoCloseable {

  private static final String TEXT = "Ljava/lang/String;";

  final AtomicInteger runs = new AtomicInteger();
  private final GildRuntime runtime;

  /**
   * @param answers the section {@code cached-answers} without its store and server
   * @param cache the policy of the agent {@code support}
   */
  SharedCache(String url, String answers, String cache) {
    this(url, answers, cache, "enforce");
  }

  SharedCache(String url, String answers, String cache, String mode) {
    String named = answers.contains("application:") ? "" : ", application: desk";
    String yaml =
        """
        mode: %s
        prices: {cent: {input: 0, output: 10000}}
        budget-accounts: {store: in-process}
        cached-answers: {store: redis, redis: {url: "%s", timeout: 2s}%s}
        defaults: {cache: %s}
        """
            .formatted(mode, url, named + (answers.isEmpty() ? "" : ", " + answers), cache);
    this.runtime =
        GildRuntime.builder()
            .settings(Settings.builder().yaml("gild.yaml", yaml).build())
            .module(new CostModule())
            .build();
  }

  GildRuntime runtime() {
    return runtime;
  }

  /** Returns {@code answer(question, customer)} of the agent. */
  GovernedMethod method() {
    return method("", "com.acme.Desk", "(" + TEXT + TEXT + ")" + TEXT);
  }

  GovernedMethod method(String version, String className, String descriptor) {
    return method(CallKind.AGENT, version, className, descriptor, Role.TENANT);
  }

  GovernedMethod method(
      CallKind kind, String version, String className, String descriptor, Role second) {
    return runtime.method(
        new MethodSpec(
            kind,
            "support",
            version,
            className,
            "answer",
            descriptor,
            List.of(
                new Parameter("question", "java.lang.String", Role.PROMPT),
                new Parameter("customer", "java.lang.String", second)),
            Effect.NONE,
            PolicyTree.of(Map.of("cache", Map.of()))));
  }

  /** Calls a method, which returns a value and costs a cent. */
  Object ask(GovernedMethod method, Object value, Object... arguments) {
    return method.call(
        null,
        same -> {
          runs.incrementAndGet();
          AgentCall.current().recordUsage("cent", Usage.of(0, 1));
          return value;
        },
        arguments);
  }

  /** Asks the usual method for a text. */
  Object ask(String value, String question, String customer) {
    return ask(method(), value, question, customer);
  }

  Control control(GovernedMethod method) {
    return cache(method).controls().get(0);
  }

  String clear(GovernedMethod method) {
    return cache(method).operate(control(method), "clear");
  }

  private static Controllable cache(GovernedMethod method) {
    return method.controllables().stream()
        .filter(each -> each.controls().stream().anyMatch(one -> one.kind().equals("cache")))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    runtime.close();
  }
}
