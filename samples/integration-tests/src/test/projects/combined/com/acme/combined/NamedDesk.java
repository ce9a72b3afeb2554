package com.acme.combined;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/** An agent without annotations; gild.yaml names it. */
public class NamedDesk {

  private final Asking asking;

  public NamedDesk(Asking asking) {
    this.asking = asking;
  }

  public String blocking(String question) {
    return asking.blocking(question);
  }

  public CompletableFuture<String> future(String question) {
    return asking.future(question);
  }

  public Flow.Publisher<String> stream(String question) {
    return asking.stream(question);
  }
}
