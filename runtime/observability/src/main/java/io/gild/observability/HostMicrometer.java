package io.gild.observability;

import io.gild.core.PerClass;
import io.micrometer.core.instrument.Meter.Id;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The global registry of the application's Micrometer, reached through method handles: the agent's
 * own copy is another set of classes. Builders are looked up for each meter, and only the methods
 * that record are kept; nothing keeps the registry alive. Thread-safe.
 */
final class HostMicrometer {

  /** The class that has the global registry. */
  static final String METRICS = "io.micrometer.core.instrument.Metrics";

  private static final String PACKAGE = "io.micrometer.core.instrument.";

  private final WeakReference<ClassLoader> loader;
  private final WeakReference<Object> registry;
  private final WeakReference<Handles> handles;

  /** The methods that record; kept by the application's class, like the tracer of a host. */
  private record Handles(
      MethodHandle recordTime, MethodHandle recordAmount, MethodHandle increment) {}

  private static final PerClass<Kept> KEPT = new PerClass<>(holder -> new Kept());

  /** The handles of one copy of Micrometer. */
  private static final class Kept {
    private volatile @Nullable Handles handles;
  }

  private HostMicrometer(ClassLoader loader, Object registry, Handles handles) {
    this.loader = new WeakReference<>(loader);
    this.registry = new WeakReference<>(registry);
    this.handles = new WeakReference<>(handles);
  }

  /**
   * Returns the Micrometer that a class loader has.
   *
   * @throws ReflectiveOperationException if it is of another shape
   */
  static HostMicrometer of(ClassLoader loader) throws ReflectiveOperationException {
    Class<?> metrics = loader.loadClass(METRICS);
    Object registry = metrics.getField("globalRegistry").get(null);
    Kept kept = KEPT.get(metrics);
    Handles known = kept.handles;
    if (known == null) {
      known =
          new Handles(
              handle(loader, "Timer", "record", long.class, TimeUnit.class),
              handle(loader, "DistributionSummary", "record", double.class),
              handle(loader, "Counter", "increment", double.class));
      kept.handles = known;
    }
    return new HostMicrometer(loader, registry, known);
  }

  private static MethodHandle handle(
      ClassLoader loader, String type, String name, Class<?>... parameters)
      throws ReflectiveOperationException {
    MethodHandle found =
        MethodHandles.publicLookup()
            .findVirtual(
                loader.loadClass(PACKAGE + type),
                name,
                MethodType.methodType(void.class, parameters));
    return found.asType(found.type().changeParameterType(0, Object.class));
  }

  private Class<?> type(String name) throws ReflectiveOperationException {
    ClassLoader present = loader.get();
    if (present == null) {
      throw new ClassNotFoundException(PACKAGE + name + ": the application was unloaded");
    }
    return present.loadClass(PACKAGE + name);
  }

  Object timer(Id id, double @Nullable [] nanos) throws ReflectiveOperationException {
    Object builder = named(builder("Timer", id), id);
    if (nanos != null) {
      Duration[] bounds =
          Arrays.stream(nanos)
              .mapToObj(each -> Duration.ofNanos(Math.round(each)))
              .toArray(Duration[]::new);
      call(builder, "serviceLevelObjectives", Duration[].class, bounds);
    }
    return registered(builder);
  }

  Object summary(Id id, double @Nullable [] bounds) throws ReflectiveOperationException {
    Object builder = united(named(builder("DistributionSummary", id), id), id);
    if (bounds != null) {
      call(builder, "serviceLevelObjectives", double[].class, bounds);
    }
    return registered(builder);
  }

  Object counter(Id id) throws ReflectiveOperationException {
    return registered(united(named(builder("Counter", id), id), id));
  }

  private Object builder(String type, Id id) throws ReflectiveOperationException {
    return type(type).getMethod("builder", String.class).invoke(null, id.getName());
  }

  <T> Object functionCounter(Id id, T object, ToDoubleFunction<T> function)
      throws ReflectiveOperationException {
    return registered(united(named(reading("FunctionCounter", id, object, function), id), id));
  }

  <T> Object gauge(Id id, T object, ToDoubleFunction<T> function)
      throws ReflectiveOperationException {
    return registered(united(named(reading("Gauge", id, object, function), id), id));
  }

  private Object reading(String type, Id id, Object object, ToDoubleFunction<?> function)
      throws ReflectiveOperationException {
    return type(type)
        .getMethod("builder", String.class, Object.class, ToDoubleFunction.class)
        .invoke(null, id.getName(), object, function);
  }

  private static Object named(Object builder, Id id) throws ReflectiveOperationException {
    String[] tags =
        id.getTags().stream()
            .flatMap(tag -> Stream.of(tag.getKey(), tag.getValue()))
            .toArray(String[]::new);
    call(builder, "tags", String[].class, tags);
    return call(builder, "description", String.class, id.getDescription());
  }

  private static Object united(Object builder, Id id) throws ReflectiveOperationException {
    return call(builder, "baseUnit", String.class, id.getBaseUnit());
  }

  private Object registered(Object builder) throws ReflectiveOperationException {
    Object present = registry.get();
    if (present == null) {
      throw new ClassNotFoundException(METRICS + ": the application was unloaded");
    }
    return call(builder, "register", type("MeterRegistry"), present);
  }

  private static Object call(
      Object on, String method, Class<?> parameter, @Nullable Object argument)
      throws ReflectiveOperationException {
    return on.getClass().getMethod(method, parameter).invoke(on, argument);
  }

  void record(Object timer, long amount, TimeUnit unit) {
    Handles present = handles.get();
    if (present != null) {
      try {
        present.recordTime().invoke(timer, amount, unit);
      } catch (Throwable fault) {
        throw new IllegalStateException(fault);
      }
    }
  }

  void record(Object summary, double amount) {
    Handles present = handles.get();
    if (present != null) {
      try {
        present.recordAmount().invoke(summary, amount);
      } catch (Throwable fault) {
        throw new IllegalStateException(fault);
      }
    }
  }

  void increment(Object counter, double amount) {
    Handles present = handles.get();
    if (present != null) {
      try {
        present.increment().invoke(counter, amount);
      } catch (Throwable fault) {
        throw new IllegalStateException(fault);
      }
    }
  }

  /** Removes a meter from the application's registry. */
  void remove(Object meter) {
    Object present = registry.get();
    if (present != null) {
      try {
        call(present, "remove", type("Meter"), meter);
      } catch (ReflectiveOperationException unloaded) {
        // the meter is gone with its application
      }
    }
  }
}
