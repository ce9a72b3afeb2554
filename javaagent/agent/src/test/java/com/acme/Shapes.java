package com.acme;

import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Every kind of method that old code may have; each one fails twice before it answers. */
public final class Shapes {

  private static int staticRuns;
  public int runs;

  private void flaky() {
    if (++runs < 3) {
      throw new IllegalStateException("flaky " + runs);
    }
  }

  public String plain(String text) {
    flaky();
    return "plain " + text;
  }

  public final int primitive(int a, long b, double c) {
    flaky();
    return (int) (a + b + c);
  }

  public boolean yes() {
    flaky();
    return true;
  }

  public void nothing(StringBuilder out) {
    flaky();
    out.append("done");
  }

  public void checked() throws IOException {
    if (++runs < 3) {
      throw new IOException("checked " + runs);
    }
  }

  public static String ofClass(String text) {
    if (++staticRuns % 3 != 0) {
      throw new IllegalStateException("flaky");
    }
    return "static " + text;
  }

  public String callHidden(String text) {
    return hidden(text);
  }

  private String hidden(String text) {
    flaky();
    return "private " + text;
  }

  public synchronized String locked(String text) {
    flaky();
    return "locked " + text + " " + Thread.holdsLock(this);
  }

  public String varargs(String first, Object... rest) {
    flaky();
    return first + rest.length;
  }

  @SuppressWarnings("unchecked")
  public <T extends Comparable<T>> T generic(List<? extends T> items) {
    flaky();
    return Collections.max((Collection<T>) items);
  }

  public CompletableFuture<String> later(String text) {
    runs++;
    return runs < 3
        ? CompletableFuture.failedFuture(new IllegalStateException("flaky " + runs))
        : CompletableFuture.completedFuture("later " + text);
  }

  public String reassigned(String text) {
    text = text + "!";
    flaky();
    return text;
  }

  public long[] loops(int count) {
    long[] result = new long[2];
    flaky();
    for (int i = 0; i < count; i++) {
      try {
        result[0] += i;
        if (i == 3) {
          throw new IllegalStateException("caught inside");
        }
      } catch (IllegalStateException caught) {
        result[1]++;
      } finally {
        result[1]++;
      }
    }
    return result;
  }

  public String failing(RuntimeException failure) {
    runs++;
    throw failure;
  }

  public Thread thread() {
    return Thread.currentThread();
  }

  public synchronized Thread lockedThread() {
    return Thread.currentThread();
  }

  public String stuck() throws InterruptedException {
    runs++;
    Thread.sleep(60_000);
    return "never";
  }
}
