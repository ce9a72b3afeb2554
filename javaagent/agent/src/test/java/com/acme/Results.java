package com.acme;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** Methods whose results outlast their return; each returns its argument. */
public final class Results {

  /** A future of the application's own class. */
  public static final class OwnFuture extends CompletableFuture<String> {
    @Override
    @SuppressWarnings("unchecked") // as its Javadoc requires
    public <U> CompletableFuture<U> newIncompleteFuture() {
      return (CompletableFuture<U>) new OwnFuture();
    }
  }

  public CompletionStage<String> stage(CompletionStage<String> own) {
    return own;
  }

  public CompletableFuture<String> future(CompletableFuture<String> own) {
    return own;
  }

  public Iterator<String> iterator(Iterator<String> own) {
    return own;
  }

  public Stream<String> stream(Stream<String> own) {
    return own;
  }

  public CompletableFuture<String> refused() {
    throw new IllegalArgumentException("refused at once");
  }

  public List<String> plain(List<String> own) {
    return own;
  }
}
