package io.gild.versions;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A rollout keeps no application in memory whose classes nothing else uses. */
class UnloadedApplicationTests {

  private final GildRuntime runtime = GildRuntime.builder().build();

  /** Makes the next version, as an application's own code does. */
  public static final class NextSupplier implements Supplier<Object> {

    /** Creates the supplier. */
    public NextSupplier() {}

    @Override
    public Object get() {
      return new Desk.Next();
    }
  }

  /** Has copies of the classes of the agent. */
  private static final class Loader extends ClassLoader {

    Loader() {
      super(UnloadedApplicationTests.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      Class<?> known = findLoadedClass(name);
      boolean own =
          name.startsWith(Desk.class.getName()) || name.equals(NextSupplier.class.getName());
      return known != null || !own
          ? known == null ? super.loadClass(name, resolve) : known
          : copy(name);
    }

    private Class<?> copy(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] file = in == null ? new byte[0] : in.readAllBytes();
        return defineClass(name, file, 0, file.length);
      } catch (IOException failure) {
        throw new ClassNotFoundException(name, failure);
      }
    }
  }

  private static void awaitCollected(Reference<?> kept) {
    Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
    while (!kept.refersTo(null)) {
      assertThat(Instant.now()).as("still there").isBefore(deadline);
      System.gc();
      Thread.onSpinWait();
    }
  }

  @Test
  void letsAnApplicationGoWhileTheRolloutRuns() throws Exception {
    VersionSplit split =
        Versions.of(runtime)
            .split("r", "desk", Variant.named("2.0").implementation(Desk.Next.class.getName()))
            .share(5_000)
            .shadow(Buckets.COUNT);

    WeakReference<ClassLoader> loader = used(split);

    awaitCollected(loader);
    assertThat(split.isClosed()).isFalse();
    split.close();
  }

  @Test
  void letsAnApplicationGoWhoseObjectsCouldBeAsked() throws Exception {
    VersionSplit split =
        Versions.of(runtime)
            .split("r", "desk", Variant.named("2.0").implementation(Desk.Next.class.getName()));
    VersionTrials trials = split.trials();
    Loader loader = new Loader();
    call(loader);
    WeakReference<ClassLoader> kept = new WeakReference<>(loader);
    loader = null;

    awaitCollected(kept);
    assertThat(trials.methods()).isEmpty();
    split.close();
  }

  private WeakReference<ClassLoader> used(VersionSplit split) throws Exception {
    AtomicLong compared = new AtomicLong();
    split.onShadow(result -> compared.incrementAndGet());
    Loader loader = new Loader();
    call(loader);
    Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
    while (split.counts().shadows() < split.counts().stable()) {
      assertThat(Instant.now()).isBefore(deadline);
      Thread.onSpinWait();
    }
    assertThat(split.counts().canary()).isPositive();
    assertThat(compared).hasPositiveValue();
    return new WeakReference<>(loader);
  }

  private void call(Loader loader) throws Exception {
    Class<?> desk = loader.loadClass(Desk.class.getName());
    GovernedMethod method = runtime.method(runtime.application(desk), Desk.spec());
    for (int i = 0; i < 40; i++) {
      Object object = desk.getConstructor().newInstance();
      method.call(object, given -> "1: " + given[1], "customer " + i, "q");
    }
  }

  @Test
  void letsAnApplicationGoThatGaveASupplier() throws Exception {
    Loader loader = new Loader();
    call(loader);
    VersionSplit split = begin(loader);
    call(loader);
    assertThat(split.counts().canary()).isEqualTo(40);
    WeakReference<ClassLoader> kept = new WeakReference<>(loader);
    loader = null;

    awaitCollected(kept);
    assertThat(split.isClosed()).isFalse();
  }

  private VersionSplit begin(Loader loader) throws Exception {
    Supplier<?> supplier =
        (Supplier<?>) loader.loadClass(NextSupplier.class.getName()).getConstructor().newInstance();
    return Versions.of(runtime)
        .split("r", "desk", Variant.named("2.0").implementation(supplier))
        .share(Buckets.COUNT);
  }
}
