package com.acme.library;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * An agent on some model library, as its team left it. What a library cannot do, its desk does not
 * override.
 */
public abstract class Desk {

  /** The model that desks ask. */
  protected static final String MODEL = "own-model";

  /** Shows where one piece of a stream ends and the next begins; usually nothing. */
  protected static final String SEAM = System.getProperty("seam", "");

  private static final AtomicInteger TOOL_RUNS = new AtomicInteger();

  /** Returns where the model is served. */
  protected static String provider() {
    return System.getProperty("provider", System.getenv("PROVIDER"));
  }

  /** Returns how often the library itself tries again. */
  protected static int maxRetries() {
    return Integer.getInteger("retries", 0);
  }

  /** Lets desks that are made from now on ask another provider. */
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

  /** Tells how often the tool ran. */
  static String toolRuns() {
    return TOOL_RUNS.toString();
  }

  /** Answers at return. */
  public String chat(String question) throws Exception {
    throw new UnsupportedOperationException("chat");
  }

  /** Answers later; the caller waits here only for the test's sake. */
  public String async(String question) throws Exception {
    throw new UnsupportedOperationException("async");
  }

  /** Answers piece by piece; the pieces are put together. */
  public String stream(String question) throws Exception {
    throw new UnsupportedOperationException("stream");
  }

  /** Answers in pieces that come on threads of the library. */
  public String push(String question) throws Exception {
    throw new UnsupportedOperationException("push");
  }

  /** Answers with the help of the tool {@code time}, which says noon. */
  public String tool(String question) throws Exception {
    throw new UnsupportedOperationException("tool");
  }

  /** Says how many dimensions a text's embedding has. */
  public String embed(String text) throws Exception {
    throw new UnsupportedOperationException("embed");
  }

  /** Answers in a way of the library's own, see the desk. */
  public String other(String question) throws Exception {
    throw new UnsupportedOperationException("other");
  }
}
