package com.acme.shapes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * An application that asks models in every way its library has, and tells all that it sees: values,
 * types, failures, and the order in which it is told of them. It knows nothing of Gild.
 */
public abstract class Program {

  /** Where the models are served. */
  protected static final String PROVIDER = System.getenv("PROVIDER");

  /** A way of asking. */
  @FunctionalInterface
  protected interface Way {
    /** Asks a model; returns what there is to see. */
    Object ask(String model) throws Exception;
  }

  private final Map<String, Way> ways = new LinkedHashMap<>();

  /** Adds a way of asking. */
  protected final void way(String name, Way way) {
    ways.put(name, way);
  }

  Map<String, Way> ways() {
    return ways;
  }

  /**
   * Returns the name of the model that is asked in a way, with the seed of its answer at the end.
   */
  protected String model(String way, long seed) {
    return way + "-" + seed;
  }

  /** Waits for a future; returns its class and its value. */
  protected static Object await(Future<?> future) throws Exception {
    String type = future.getClass().getName();
    try {
      return type + " " + future.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      return type + " failed " + failure(failed.getCause());
    }
  }

  /** Returns the failures that led to one, by class and message. */
  protected static String failure(Throwable failure) {
    StringBuilder text = new StringBuilder();
    for (Throwable each = failure; each != null; each = each.getCause()) {
      text.append(each.getClass().getName()).append(": ").append(each.getMessage()).append(" < ");
    }
    return text.toString();
  }

  /** What was told, in order. */
  protected static final class Told {

    private final List<String> words = new ArrayList<>();

    /** Takes a word. */
    public synchronized void add(String name, Object said) {
      words.add(name + "=" + said);
    }

    @Override
    public synchronized String toString() {
      return words.toString();
    }
  }
}
