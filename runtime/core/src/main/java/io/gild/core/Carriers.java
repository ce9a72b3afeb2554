package io.gild.core;

import io.gild.core.spi.ContextCarrier;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Transfers the ambient contexts of a runtime's modules between threads. Thread-safe. */
final class Carriers {

  private final List<ContextCarrier> all;

  Carriers(List<ContextCarrier> all) {
    this.all = List.copyOf(all);
  }

  /** Captures the contexts of the current thread. */
  ContextCarrier.Captured capture() {
    List<ContextCarrier.Captured> captured = new ArrayList<>(all.size());
    for (ContextCarrier carrier : all) {
      try {
        captured.add(carrier.capture());
      } catch (Throwable fault) {
        GildLog.faultOnce(carrier.getClass().getSimpleName(), fault);
      }
    }
    return () -> install(captured);
  }

  /** Writes the contexts of the current thread for another process. */
  void inject(BiConsumer<String, String> headers) {
    for (ContextCarrier carrier : all) {
      try {
        carrier.inject(headers);
      } catch (Throwable fault) {
        GildLog.faultOnce(carrier.getClass().getSimpleName(), fault);
      }
    }
  }

  /** Reads the contexts that another process wrote. */
  ContextCarrier.Captured extract(Function<String, @Nullable String> headers) {
    List<ContextCarrier.Captured> read = new ArrayList<>(all.size());
    for (ContextCarrier carrier : all) {
      try {
        ContextCarrier.Captured context = carrier.extract(headers);
        if (context != null) {
          read.add(context);
        }
      } catch (Throwable fault) {
        GildLog.faultOnce(carrier.getClass().getSimpleName(), fault);
      }
    }
    return () -> install(read);
  }

  /** Installs contexts; one that fails is left out. */
  static Runnable install(List<ContextCarrier.Captured> captured) {
    List<Runnable> removals = new ArrayList<>(captured.size());
    for (ContextCarrier.Captured context : captured) {
      try {
        removals.add(context.install());
      } catch (Throwable fault) {
        GildLog.faultOnce("Installing a context", fault);
      }
    }
    return () -> {
      for (int i = removals.size() - 1; i >= 0; i--) {
        try {
          removals.get(i).run();
        } catch (Throwable fault) {
          GildLog.faultOnce("Removing a context", fault);
        }
      }
    };
  }
}
