package io.gild.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.core.HostClasses;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import java.io.File;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HostRegistriesTests {

  private final AtomicInteger size = new AtomicInteger(7);

  @Test
  void mirrorsMetersAndRemovesThemAtTheEnd() throws Exception {
    try (URLClassLoader application = application()) {
      Object theirs = theirRegistry(application);
      HostClasses.seen(HostMicrometer.METRICS, application);
      HostRegistries registries = new HostRegistries();
      registries.join();
      registries.join();
      record();

      assertThat(theirNames(theirs))
          .containsExactlyInAnyOrder(
              "gild.host.counter", "gild.host.gauge", "gild.host.summary", "gild.host.timer");
      assertThat(theirs(theirs, "gild.host.timer")).contains("statistic='COUNT', value=1.0");
      assertThat(theirs(theirs, "gild.host.counter")).contains("value=3.0");
      assertThat(theirs(theirs, "gild.host.summary")).contains("value=5.0");
      assertThat(theirs(theirs, "gild.host.gauge")).contains("value=7.0");

      registries.close();
      assertThat(theirNames(theirs)).isEmpty();
    } finally {
      removeOwn();
    }
  }

  @Test
  void leavesMetersOfTheApplicationAlone() throws Exception {
    try (URLClassLoader application = application()) {
      Object theirs = theirRegistry(application);
      theirs
          .getClass()
          .getMethod("timer", String.class, String[].class)
          .invoke(theirs, "gild.host.counter", new String[] {"tag", "value"});
      HostClasses.seen(HostMicrometer.METRICS, application);
      HostRegistries registries = new HostRegistries();
      registries.join();
      record();
      registries.close();

      assertThat(theirNames(theirs)).containsExactly("gild.host.counter");
    } finally {
      removeOwn();
    }
  }

  @Test
  void keepsNoApplicationAlive() throws Exception {
    HostRegistries registries = new HostRegistries();
    WeakReference<ClassLoader> left = joined(registries);
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (left.get() != null && System.nanoTime() < deadline) {
      System.gc();
      record(); // must not fail for lack of the application
      Thread.sleep(5);
    }

    assertThat(left.get()).isNull();
    registries.close();
    removeOwn();
  }

  private WeakReference<ClassLoader> joined(HostRegistries registries) throws Exception {
    try (URLClassLoader application = application()) {
      HostClasses.seen(HostMicrometer.METRICS, application);
      registries.join();
      record();
      return new WeakReference<>(application);
    }
  }

  private void record() {
    Timer.builder("gild.host.timer")
        .serviceLevelObjectives(Duration.ofSeconds(1))
        .register(Metrics.globalRegistry)
        .record(Duration.ofMillis(20));
    Counter.builder("gild.host.counter").register(Metrics.globalRegistry).increment(3);
    DistributionSummary.builder("gild.host.summary").register(Metrics.globalRegistry).record(5);
    Gauge.builder("gild.host.gauge", size, AtomicInteger::get).register(Metrics.globalRegistry);
  }

  private static void removeOwn() {
    MeterRegistry own = Metrics.globalRegistry;
    own.getMeters().stream()
        .filter(meter -> meter.getId().getName().startsWith("gild.host."))
        .forEach(own::remove);
  }

  /** Returns a class loader with a Micrometer of its own. */
  private static URLClassLoader application() throws Exception {
    List<URL> jars = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (entry.matches(".*(micrometer|HdrHistogram|LatencyUtils|slf4j).*\\.jar")) {
        jars.add(new File(entry).toURI().toURL());
      }
    }
    return new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  /** Returns the application's global registry, with one of its own in it. */
  private static Object theirRegistry(ClassLoader application) throws Exception {
    Class<?> metrics = application.loadClass(HostMicrometer.METRICS);
    Class<?> type = application.loadClass("io.micrometer.core.instrument.MeterRegistry");
    Object simple =
        application
            .loadClass("io.micrometer.core.instrument.simple.SimpleMeterRegistry")
            .getConstructor()
            .newInstance();
    metrics.getMethod("addRegistry", type).invoke(null, simple);
    return metrics.getField("globalRegistry").get(null);
  }

  private static List<String> theirNames(Object registry) throws Exception {
    List<String> names = new ArrayList<>();
    for (Object meter : meters(registry)) {
      names.add(name(meter));
    }
    return names;
  }

  private static List<?> meters(Object registry) throws Exception {
    return (List<?>) registry.getClass().getMethod("getMeters").invoke(registry);
  }

  private static @Nullable Object id(Object meter) throws Exception {
    return meter
        .getClass()
        .getClassLoader()
        .loadClass("io.micrometer.core.instrument.Meter")
        .getMethod("getId")
        .invoke(meter);
  }

  private static String name(Object meter) throws Exception {
    Object id = id(meter);
    return (String) id.getClass().getMethod("getName").invoke(id);
  }

  /** Returns the measurements of a meter as text. */
  private static String theirs(Object registry, String name) throws Exception {
    StringBuilder all = new StringBuilder();
    for (Object meter : meters(registry)) {
      if (name(meter).equals(name)) {
        Object measured =
            meter
                .getClass()
                .getClassLoader()
                .loadClass("io.micrometer.core.instrument.Meter")
                .getMethod("measure")
                .invoke(meter);
        ((Iterable<?>) measured).forEach(all::append);
      }
    }
    return all.toString();
  }
}
