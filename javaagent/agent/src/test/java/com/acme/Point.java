package com.acme;

import java.util.concurrent.atomic.AtomicInteger;

/** A record with a method worth governing. */
public record Point(AtomicInteger runs) {

  public String where() {
    if (runs.incrementAndGet() < 3) {
      throw new IllegalStateException("flaky");
    }
    return "here";
  }
}
