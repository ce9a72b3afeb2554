package io.gild.weaver;

import io.gild.weaver.spi.JoinPoint;

/** Engines for tests of other packages; the weaver keeps its own to itself. */
public final class Engines {

  private Engines() {}

  /** Returns an engine whose only site, number 0, is a join point. */
  public static GildEngine of(JoinPoint joinPoint) {
    Sites sites = new Sites();
    sites.add(null, "test", joinPoint);
    return new Engine(sites, new CarriedCalls());
  }
}
