package com.acme;

import io.gild.annotations.Retry;
import java.util.concurrent.atomic.AtomicInteger;

/** Agents that cannot be overridden, each of which fails once before it answers. */
public final class Main {

  private static final AtomicInteger TRIES = new AtomicInteger();

  private final String name;

  private Main(String name) {
    this.name = name;
  }

  public static void main(String[] args) {
    System.out.println(new Main("final").answer());
    System.out.println(new Main("private").hidden());
    System.out.println(common("static", 2L));
    System.out.println(new Desk("record").answer());
  }

  @Retry(maxAttempts = 2, waitDuration = "1ms")
  public String answer() {
    return failOnce(name);
  }

  @Retry(maxAttempts = 2, waitDuration = "1ms")
  private String hidden() {
    return failOnce(name);
  }

  @Retry(maxAttempts = 2, waitDuration = "1ms")
  static String common(String name, long number) {
    return failOnce(name + " " + number);
  }

  /** A record is final, too. */
  public record Desk(String name) {

    @Retry(maxAttempts = 2, waitDuration = "1ms")
    public String answer() {
      return failOnce(name);
    }
  }

  private static String failOnce(String answer) {
    if (TRIES.incrementAndGet() % 2 == 1) {
      throw new IllegalStateException("busy");
    }
    return answer + " answered at try " + TRIES.get();
  }
}
