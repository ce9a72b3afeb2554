package io.gild.routing;

import io.gild.core.AgentCall;
import io.gild.core.GildLog;
import io.gild.core.MethodScope;
import io.gild.core.spi.AnswerVerifier;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** All checks of the answers of one method. A check that breaks accepts, and is logged once. */
final class Verification {

  private final String method;
  private final List<AnswerVerifier.Check> checks;

  private Verification(String method, List<AnswerVerifier.Check> checks) {
    this.method = method;
    this.checks = checks;
  }

  static Verification of(MethodScope method, String verifierClass) {
    List<AnswerVerifier.Check> checks = new ArrayList<>();
    if (verifierClass.isEmpty()) {
      checks.add(new PlainVerifier().of(method));
    } else {
      AnswerVerifier.Check own = own(method, verifierClass);
      if (own != null) {
        checks.add(own);
      }
    }
    try {
      for (AnswerVerifier each :
          ServiceLoader.load(AnswerVerifier.class, Verification.class.getClassLoader())) {
        AnswerVerifier.Check check = each.of(method);
        if (check != null) {
          checks.add(check);
        }
      }
    } catch (ServiceConfigurationError | RuntimeException fault) {
      GildLog.faultOnce("Finding the checks of answers of " + method.spec().id(), fault);
    }
    return new Verification(method.spec().id(), List.copyOf(checks));
  }

  private static AnswerVerifier.@Nullable Check own(MethodScope method, String className) {
    try {
      ClassLoader loader = method.application().loader();
      Object made = Class.forName(className, true, loader).getDeclaredConstructor().newInstance();
      if (made instanceof BiFunction<?, ?, ?> function) {
        @SuppressWarnings("unchecked") // an application's mistake is caught where it is called
        BiFunction<String, String, ?> check = (BiFunction<String, String, ?>) function;
        return (call, prompt, answer) -> {
          Object reason = check.apply(prompt, answer);
          return reason == null ? null : String.valueOf(reason);
        };
      }
      GildLog.info(
          method.spec().id()
              + " names the verifier "
              + className
              + ", which must implement java.util.function.BiFunction<String, String, String>;"
              + " answers are checked without it.");
    } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
      GildLog.info(
          method.spec().id()
              + " names the verifier "
              + className
              + ", which cannot be created ("
              + e
              + "); answers are checked without it.");
    }
    return null;
  }

  /** Returns why an answer is rejected; {@code null} if it is accepted. */
  @Nullable String reject(AgentCall call, String prompt, String answer) {
    for (AnswerVerifier.Check check : checks) {
      try {
        String reason = check.reject(call, prompt, answer);
        if (reason != null) {
          return reason;
        }
      } catch (RuntimeException | LinkageError | StackOverflowError fault) {
        GildLog.faultOnce("Checking an answer of " + method, fault);
      }
    }
    return null;
  }
}
