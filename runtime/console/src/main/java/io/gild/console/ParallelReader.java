package io.gild.console;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Reads several sources at once; one that fails or is late is left out. Thread-safe. */
final class ParallelReader implements AutoCloseable {

  private static final long LATEST_SECONDS = 6;

  private final ExecutorService threads =
      Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "gild-console-reader");
        thread.setDaemon(true);
        return thread;
      });

  /** What is read of a source. */
  interface Reading {
    Map<String, @Nullable Object> of(ConsoleSource source) throws IOException;
  }

  List<Map<String, @Nullable Object>> read(List<ConsoleSource> sources, Reading reading) {
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    for (Map<String, @Nullable Object> each : readEach(sources, reading)) {
      if (each != null) {
        all.add(each);
      }
    }
    return all;
  }

  /** Returns an answer for each source in order; {@code null} for one without. */
  List<@Nullable Map<String, @Nullable Object>> readEach(
      List<ConsoleSource> sources, Reading reading) {
    List<Future<Map<String, @Nullable Object>>> running = new ArrayList<>();
    sources.forEach(source -> running.add(threads.submit(() -> reading.of(source))));
    List<@Nullable Map<String, @Nullable Object>> all = new ArrayList<>();
    for (Future<Map<String, @Nullable Object>> each : running) {
      all.add(result(each));
    }
    return all;
  }

  private static @Nullable Map<String, @Nullable Object> result(
      Future<Map<String, @Nullable Object>> running) {
    try {
      return running.get(LATEST_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof Query.BadRequest wrong) {
        throw new Query.BadRequest(String.valueOf(wrong.getMessage()));
      }
      return null;
    } catch (TimeoutException late) {
      running.cancel(true);
      return null;
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
