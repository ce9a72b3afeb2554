package io.gild.core;

import io.gild.config.Experimental;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * States the user, task or other dimension of the calls that a thread begins, where no parameter of
 * the method has it.
 *
 * <pre>{@code
 * CallLabels labels = CallLabels.of(CostDimension.USER, userId).and(CostDimension.TASK, ticket);
 * String answer = labels.call(() -> desk.answer(question));
 * }</pre>
 *
 * <p>A parameter with the role of the dimension takes precedence, and an inner label over an outer
 * one. Calls inside of a call have its labels, on any thread. Labels never leave the process.
 * Immutable.
 */
@Experimental
public final class CallLabels {

  private final Map<CostDimension, String> labels;

  private CallLabels(Map<CostDimension, String> labels) {
    this.labels = labels;
  }

  /**
   * Describes one label.
   *
   * @param dimension what the value is
   * @param value the value; what exceeds 200 characters is cut off; empty to hide an outer label
   * @return the labels
   * @throws IllegalArgumentException if the dimension is {@linkplain CostDimension#isLabel no
   *     label}
   */
  public static CallLabels of(CostDimension dimension, String value) {
    return new CallLabels(Map.of()).and(dimension, value);
  }

  /**
   * Returns these labels with one more.
   *
   * @param dimension what the value is
   * @param value the value
   * @return the labels
   * @throws IllegalArgumentException if the dimension is {@linkplain CostDimension#isLabel no
   *     label}
   */
  public CallLabels and(CostDimension dimension, String value) {
    if (!dimension.isLabel()) {
      throw new IllegalArgumentException(
          dimension.key() + " cannot be a label: Gild knows it by itself");
    }
    Map<CostDimension, String> more = new EnumMap<>(CostDimension.class);
    more.putAll(labels);
    more.put(dimension, CostDimension.limited(value));
    return new CallLabels(more);
  }

  /**
   * Runs something whose calls have these labels.
   *
   * @param work what to run on this thread
   */
  public void run(Runnable work) {
    Runnable end = open();
    try {
      work.run();
    } finally {
      end.run();
    }
  }

  /**
   * Runs something whose calls have these labels.
   *
   * @param work what to run on this thread
   * @param <T> type of its result
   * @return its result
   * @throws Exception what it throws
   */
  public <T> T call(Callable<T> work) throws Exception {
    Runnable end = open();
    try {
      return work.call();
    } finally {
      end.run();
    }
  }

  /**
   * Labels the calls that the current thread begins from now on.
   *
   * @return ends the labels, on the same thread; the ones around them apply again
   */
  public Runnable open() {
    Map<String, String> plain = new LinkedHashMap<>();
    labels.forEach((dimension, value) -> plain.put(dimension.key(), value));
    Runnable own = open(plain);
    Runnable ofAgent = GildRuntime.isReplaced() ? null : Attachment.label(plain);
    return ofAgent == null
        ? own
        : () -> {
          ofAgent.run();
          own.run();
        };
  }

  /**
   * Labels the calls of the current thread in a runtime that is not the application's own.
   *
   * @param plain values by the keys of their dimensions
   * @return ends the labels
   */
  public static Runnable open(Map<String, String> plain) {
    Map<String, String> outer = CurrentCall.labels();
    Map<String, String> all = new LinkedHashMap<>(outer == null ? Map.of() : outer);
    all.putAll(plain);
    CurrentCall.labels(all);
    return () -> CurrentCall.labels(outer);
  }
}
