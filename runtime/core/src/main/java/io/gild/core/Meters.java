package io.gild.core;

import io.gild.config.Experimental;
import io.gild.core.spi.MeterBackend;
import io.gild.core.spi.MeterRecorder;
import io.gild.core.spi.MeterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The meters of a runtime: its modules declare them, record amounts and publish numbers, and a
 * backend exports them. What was published before there is a backend is exported afterwards.
 *
 * <p>Nothing here keeps an object of an application alive. Thread-safe.
 */
@Experimental
public final class Meters {

  /** More amounts than this are not remembered for a later backend. */
  private static final int MOST_PENDING = 1_000;

  private final Map<String, MeterSpec> declared = new LinkedHashMap<>();
  private final List<PublishedNumber<?>> published = new ArrayList<>();
  private final List<PendingRecorder> pending = new ArrayList<>();
  private @Nullable MeterBackend backend;

  Meters(List<MeterSpec> specs) {
    for (MeterSpec spec : specs) {
      MeterSpec other = declared.putIfAbsent(spec.name(), spec);
      if (other != null && !other.equals(spec)) {
        GildLog.infoOnce(
            "Two modules declare the meter " + spec.name() + "; the first one counts.");
      }
    }
  }

  /**
   * Returns the meters that the runtime's modules declare.
   *
   * @return one for each name
   */
  public List<MeterSpec> declared() {
    return List.copyOf(declared.values());
  }

  /**
   * Sets the backend that exports everything, also what was published and counted before.
   *
   * @param exporter the backend
   * @return ends the export
   * @throws IllegalStateException if there is a backend already
   */
  public synchronized AutoCloseable attach(MeterBackend exporter) {
    if (backend != null) {
      throw new IllegalStateException("the meters have a backend already: " + backend);
    }
    backend = exporter;
    published.removeIf(PublishedNumber::isOver);
    published.forEach(each -> exporter.export(each.spec(), each.values(), each));
    pending.forEach(each -> each.use(exporter.recorder(each.spec(), each.values())));
    pending.clear();
    return () -> detach(exporter);
  }

  private synchronized void detach(MeterBackend exporter) {
    if (backend == exporter) {
      backend = null;
    }
  }

  /**
   * Returns what records the amounts of a series; keep it rather than ask again.
   *
   * @param spec a counter, timer or summary
   * @param values values of its tags in order
   * @return the recorder
   * @throws IllegalArgumentException if there are more or fewer values than tags
   */
  public synchronized MeterRecorder recorder(MeterSpec spec, String... values) {
    List<String> all = checked(spec, values);
    if (backend != null) {
      return backend.recorder(spec, all);
    }
    if (pending.size() >= MOST_PENDING) {
      return MeterRecorder.NONE;
    }
    PendingRecorder recorder = new PendingRecorder(spec, all);
    pending.add(recorder);
    return recorder;
  }

  /**
   * Publishes a number until its owner is collected or the registration is closed. Numbers that
   * share a series are {@linkplain MeterSpec#combined() combined}. A counter's series outlives its
   * owner with the last total that was read.
   *
   * @param spec a gauge or counter
   * @param owner what has the number; not kept alive
   * @param value reads the number from the owner, on any thread, and quickly; it must not refer to
   *     the owner or to an application
   * @param values values of its tags in order
   * @param <T> type of the owner
   * @return ends the publication; closing it twice does no harm
   * @throws IllegalArgumentException if there are more or fewer values than tags
   */
  public synchronized <T> AutoCloseable publish(
      MeterSpec spec, T owner, ToDoubleFunction<? super T> value, String... values) {
    PublishedNumber<T> number = new PublishedNumber<>(spec, checked(spec, values), owner, value);
    published.removeIf(PublishedNumber::isOver);
    published.add(number);
    if (backend != null) {
      backend.export(spec, number.values(), number);
    }
    return () -> end(number);
  }

  private void end(PublishedNumber<?> number) {
    number.end();
    MeterBackend exporter;
    synchronized (this) {
      published.remove(number);
      exporter = backend;
    }
    if (exporter != null) {
      exporter.removeEnded();
    }
  }

  /** Returns how many numbers are published whose owners are alive. */
  synchronized int published() {
    published.removeIf(PublishedNumber::isOver);
    return published.size();
  }

  private static List<String> checked(MeterSpec spec, String... values) {
    if (values.length != spec.tags().size()) {
      throw new IllegalArgumentException(
          "%s has the tags %s, but the values are %s"
              .formatted(spec.name(), spec.tags(), Arrays.toString(values)));
    }
    return List.of(values);
  }

  /**
   * Returns the values of the {@linkplain MeterSpec#OF_METHODS tags of a method} with which the
   * tags of a meter begin, and more.
   *
   * @param spec the meter
   * @param method the method
   * @param more values of the other tags
   * @return all values in order
   */
  public static String[] values(MeterSpec spec, MethodScope method, String... more) {
    List<String> all = new ArrayList<>(values(method));
    int common = 0;
    while (common < all.size()
        && common < spec.tags().size()
        && MeterSpec.OF_METHODS.get(common).equals(spec.tags().get(common))) {
      common++;
    }
    all.subList(common, all.size()).clear();
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  /**
   * Returns the values of the {@linkplain MeterSpec#OF_METHODS tags of a method}.
   *
   * @param method the method
   * @return agent, method and version
   */
  public static List<String> values(MethodScope method) {
    return List.of(method.spec().agent(), method.spec().methodName(), method.versionTag());
  }
}
