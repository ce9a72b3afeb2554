package com.acme.shapes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * An application that calls models in every way its library has, and prints all that it sees:
 * values, types, failures, and the order of callbacks. It has no reference to Gild.
 */
public abstract class Program {

  /** The address of the models. */
  protected static final String PROVIDER = System.getenv("PROVIDER");

  /** A way of calling a model. */
  @FunctionalInterface
  protected interface Way {
    /** Calls a model; returns what the application sees. */
    Object ask(String model) throws Exception;
  }

  private final Map<String, Way> ways = new LinkedHashMap<>();

  /** Adds a way of calling a model. */
  protected final void way(String name, Way way) {
    ways.put(name, way);
  }

  Map<String, Way> ways() {
    return ways;
  }

  /** Returns the name of the model that a way calls, with the seed of its answer at the end. */
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

  /** The callbacks, in order. */
  protected static final class Callbacks {

    private final List<String> words = new ArrayList<>();

    /** Adds a word. */
    public synchronized void add(String name, Object value) {
      words.add(name + "=" + value);
    }

    @Override
    public synchronized String toString() {
      return words.toString();
    }
  }
}
