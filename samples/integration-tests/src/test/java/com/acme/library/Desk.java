package com.acme.library;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * An unmodified agent on some model library. A desk does not override methods that its library does
 * not support.
 */
public abstract class Desk {

  /** The model that desks call. */
  protected static final String MODEL = "own-model";

  /** Instructions that are long enough for a provider's cache. */
  protected static final String INSTRUCTIONS = "Answer in one sentence. ".repeat(400);

  /** Separates the chunks of a stream; usually empty. */
  protected static final String SEAM = System.getProperty("seam", "");

  private static final AtomicInteger TOOL_RUNS = new AtomicInteger();

  /** Returns the address of the model. */
  protected static String provider() {
    return System.getProperty("provider", System.getenv("PROVIDER"));
  }

  /** Returns how often the library itself tries again. */
  protected static int maxRetries() {
    return Integer.getInteger("retries", 0);
  }

  /** Sets the provider of desks that are created later. */
  static void moveTo(String provider, String retries) {
    System.setProperty("provider", provider);
    System.setProperty("retries", retries);
    TOOL_RUNS.set(0);
  }

  /** What the tool does. */
  protected static String noon() {
    TOOL_RUNS.incrementAndGet();
    return "noon";
  }

  /** Returns how often the tool ran. */
  static String toolRuns() {
    return TOOL_RUNS.toString();
  }

  /** Returns the whole answer. */
  public String chat(String question) throws Exception {
    throw new UnsupportedOperationException("chat");
  }

  /** Answers asynchronously; the caller waits here only for the test. */
  public String async(String question) throws Exception {
    throw new UnsupportedOperationException("async");
  }

  /** Answers chunk by chunk; the chunks are joined. */
  public String stream(String question) throws Exception {
    throw new UnsupportedOperationException("stream");
  }

  /** Answers in chunks that arrive on threads of the library. */
  public String push(String question) throws Exception {
    throw new UnsupportedOperationException("push");
  }

  /** Answers with the help of the tool {@code time}, which returns noon. */
  public String tool(String question) throws Exception {
    throw new UnsupportedOperationException("tool");
  }

  /** Returns how many dimensions a text's embedding has. */
  public String embed(String text) throws Exception {
    throw new UnsupportedOperationException("embed");
  }

  /** Answers in a way of the library's own, see the desk. */
  public String other(String question) throws Exception {
    throw new UnsupportedOperationException("other");
  }
}
