package io.gild.core;

import io.gild.config.Experimental;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that may be abandoned while it still runs, such as one that a time limit ends.
 *
 * <p>A resource that the attempt waits for registers how the wait is ended: an interrupt may not
 * reach a thread that reads from a socket, and a cancelled future may not reach its request.
 * Resources are held weakly, so that an attempt keeps no request alive. Thread-safe.
 */
@Experimental
public final class RunningAttempt {

  /** The attempt of a thread that works for an attempt that was abandoned. */
  static final RunningAttempt ABANDONED = abandoned();

  private final @Nullable RunningAttempt around;
  private final List<Resource<?>> resources = new ArrayList<>();
  private volatile boolean abandoned;
  private boolean released;

  private RunningAttempt(@Nullable RunningAttempt around) {
    this.around = around;
  }

  /**
   * Makes an attempt that is part of the current thread's attempt, if there is one.
   *
   * @return the attempt
   */
  public static RunningAttempt begin() {
    return new RunningAttempt(CurrentCall.attempt());
  }

  private record Resource<T>(WeakReference<T> reference, Consumer<? super T> end) {

    void release() {
      T resource = reference.get();
      if (resource == null) {
        return;
      }
      try {
        end.accept(resource);
      } catch (Throwable fault) {
        GildLog.faultOnce("Ending a request of an abandoned attempt", fault);
      }
    }
  }

  private static RunningAttempt abandoned() {
    RunningAttempt attempt = new RunningAttempt(null);
    attempt.abandon();
    return attempt;
  }

  /**
   * Returns whether the attempt, or one that it is part of, was abandoned.
   *
   * @return {@code true} if no caller waits for it
   */
  public boolean isAbandoned() {
    return abandoned || (around != null && around.isAbandoned());
  }

  /** Marks the attempt as abandoned; its waits continue. */
  public void abandon() {
    abandoned = true;
  }

  /** Marks the attempt as abandoned and ends its waits, present and later ones. */
  public void release() {
    List<Resource<?>> known;
    synchronized (this) {
      abandoned = true;
      released = true;
      known = List.copyOf(resources);
      resources.clear();
    }
    known.forEach(Resource::release);
  }

  /**
   * Registers how to end a wait of the attempt.
   *
   * @param resource what is ended; held weakly
   * @param end ends it, from any thread, and does nothing if it is over; must not refer to the
   *     resource
   * @param <T> type of the resource
   */
  <T> void releasedBy(T resource, Consumer<? super T> end) {
    add(new Resource<>(new WeakReference<>(resource), end));
  }

  private void add(Resource<?> added) {
    if (around != null) {
      around.add(added);
    }
    synchronized (this) {
      if (!released) {
        resources.removeIf(known -> known.reference().get() == null);
        resources.add(added);
        return;
      }
    }
    added.release();
  }
}
