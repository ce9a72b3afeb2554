package io.gild.vectors.lucene;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs what writes files on threads that no caller can interrupt: an interrupt closes the file that
 * is being written, and Lucene then closes the index.
 */
final class Uninterrupted {

  /** No action waits for another one, so a bound can block none for ever. */
  private static final int MOST_THREADS = 32;

  private static final ExecutorService THREADS = threads();

  private Uninterrupted() {}

  private static ExecutorService threads() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            MOST_THREADS,
            MOST_THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "gild-vectors-lucene");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /** An action that may fail to read or write. */
  interface Action {
    void run() throws IOException;
  }

  static void run(Action action) {
    boolean done =
        call(() -> {
          action.run();
          return true;
        });
    assert done;
  }

  /** Waits for the result, and keeps an interrupt for the caller. */
  static <T> T call(Callable<T> action) {
    Future<T> result = THREADS.submit(action);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return result.get();
        } catch (InterruptedException later) {
          interrupted = true;
        } catch (ExecutionException failed) {
          throw unchecked(failed.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException unchecked(@Nullable Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof IOException io) {
      return new UncheckedIOException(io);
    }
    return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
  }
}
