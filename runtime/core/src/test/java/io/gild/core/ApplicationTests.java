package io.gild.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a runtime keeps for each class loader, and for how long. */
class ApplicationTests {

  private static final MethodSpec SPEC =
      MethodSpec.of("desk", Desk.class.getName(), "answer", "()Ljava/lang/String;");

  private final GildRuntime runtime = GildRuntime.builder().build();

  /** What stages share. */
  private static final class Shared {
    @SuppressWarnings("unused") // to hold it is all there is to do
    private @Nullable Object held;
  }

  /** The agent that each application has. */
  public static final class Desk {}

  /** Has a copy of the agent. */
  private static final class Loader extends ClassLoader {

    Loader() {
      super(ApplicationTests.class.getClassLoader());
    }

    Class<?> desk() throws IOException {
      String name = Desk.class.getName();
      try (InputStream in =
          ApplicationTests.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
        byte[] file = in == null ? new byte[0] : in.readAllBytes();
        return defineClass(name, file, 0, file.length);
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
  void separatesMethodsAndSharedObjectsByClassLoader() throws Exception {
    Application one = runtime.application(new Loader().desk());
    Application other = runtime.application(new Loader().desk());

    assertThat(runtime.method(one, SPEC))
        .isNotSameAs(runtime.method(other, SPEC))
        .isSameAs(runtime.method(one, SPEC));
    assertThat(one.shared(Shared.class, same -> new Shared()))
        .isNotSameAs(other.shared(Shared.class, same -> new Shared()));
    assertThat(runtime.methods()).contains(runtime.method(one, SPEC), runtime.method(other, SPEC));
  }

  @Test
  void treatsClassesThatLiveAsLongAsGildAsOneApplication() {
    assertThat(runtime.application(Desk.class)).isSameAs(runtime.application(String.class));
    assertThat(runtime.method(runtime.application(Desk.class), SPEC))
        .isSameAs(runtime.method(SPEC));
  }

  @Test
  void sumsAndKeepsTheCountsOfAMethodOfSeveralLoaders() throws Exception {
    Class<?> gone = new Loader().desk();
    runtime.method(runtime.application(gone), SPEC).call(null, arguments -> "one");
    WeakReference<Class<?>> kept = new WeakReference<>(gone);
    gone = null;
    awaitCollected(kept);
    runtime.method(runtime.application(new Loader().desk()), SPEC).call(null, arguments -> "two");

    assertThat(runtime.totals())
        .singleElement()
        .satisfies(totals -> assertThat(totals.counts().get(Counts.Event.SUCCEEDED)).isEqualTo(2));
  }

  @Test
  void releasesAnApplicationWithItsLoader() throws Exception {
    Class<?> desk = new Loader().desk();
    Application application = runtime.application(desk);
    application.shared(Shared.class, same -> new Shared()).held = desk;
    application.attemptExecutor().submit(() -> {}).get(10, TimeUnit.SECONDS);
    WeakReference<Class<?>> kept = new WeakReference<>(desk);
    WeakReference<Application> keptApplication = new WeakReference<>(application);
    desk = null;
    application = null;

    awaitCollected(kept);
    awaitCollected(keptApplication);
  }

  @Test
  void startsThreadsWithoutStateOfTheirCreator() throws Exception {
    ClassLoader loader = new Loader();
    Thread.currentThread().setContextClassLoader(loader);
    InheritableThreadLocal<@Nullable Object> inherited = new InheritableThreadLocal<>();
    inherited.set(loader);
    try {
      List<@Nullable Object> seen =
          runtime
              .attemptExecutor()
              .submit(() -> {
                List<@Nullable Object> there = new ArrayList<>();
                there.add(Thread.currentThread().getContextClassLoader());
                there.add(inherited.get());
                return there;
              })
              .get(10, TimeUnit.SECONDS);
      assertThat(seen).containsExactly(GildRuntime.class.getClassLoader(), null);
    } finally {
      Thread.currentThread().setContextClassLoader(GildRuntime.class.getClassLoader());
    }
  }

  @Test
  void doesNotKeepTheCallOrTheAgentByAReference() {
    GovernedMethod method = runtime.method(SPEC);
    Object self = new Object();
    AgentCall outer = method.begin(new Object());
    AgentCall inner = method.begin(self);
    CallReference reference = inner.reference();
    assertThat(reference.live()).isSameAs(inner);
    WeakReference<Object> kept = new WeakReference<>(self);
    end(inner);
    self = null;
    inner = null;

    awaitCollected(kept);
    assertThat(reference.live()).as("the enclosing call is running").isSameAs(outer);
    end(outer);
    assertThat(reference.live()).isNull();
  }

  private static void end(AgentCall call) {
    while (call.proceed()) {
      call.returned(null);
    }
  }

  @Test
  void forgetsFactsOfAClassOnDemand() {
    AtomicReference<Integer> made = new AtomicReference<>(0);
    PerClass<Integer> facts = new PerClass<>(type -> made.updateAndGet(count -> count + 1));
    assertThat(facts.get(Desk.class)).isEqualTo(1);
    assertThat(facts.get(Desk.class)).isEqualTo(1);
    PerClass.keepAll(false);
    try {
      assertThat(facts.get(Desk.class)).isEqualTo(2);
      assertThat(facts.get(Desk.class)).isEqualTo(3);
    } finally {
      PerClass.keepAll(true);
    }
    assertThat(facts.get(Desk.class)).isEqualTo(4);
    assertThat(facts.get(Desk.class)).isEqualTo(4);
  }
}
