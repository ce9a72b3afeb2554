package io.gild.weaver;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.PolicyTree;
import io.gild.core.Effect;
import io.gild.weaver.spi.JoinPoint;
import io.gild.weaver.spi.Library;
import io.gild.weaver.spi.LibraryContext;
import io.gild.weaver.spi.LibraryProvider;
import io.gild.weaver.spi.ServedMethods;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LibrariesTests {

  private final Acme acme = new Acme();
  private final Libraries libraries = new Libraries(context(), List.of(acme));

  /** A library that weaves all methods. */
  private static final class Acme implements LibraryProvider {

    private int made;

    @Override
    public Set<String> classes() {
      return Set.of("com/acme/Client");
    }

    @Override
    public Set<String> supertypes() {
      return Set.of("com/acme/Model");
    }

    @Override
    public Library create(LibraryContext context) {
      made++;
      JoinPoint point = (self, arguments, handle) -> null;
      return (shape, method) -> point;
    }
  }

  private static LibraryContext context() {
    LazyRuntime runtime = new LazyRuntime(EngineSettings.load(AgentOptions.parse(null), List.of()));
    Instrumentation none =
        (Instrumentation)
            Proxy.newProxyInstance(
                LibrariesTests.class.getClassLoader(),
                new Class<?>[] {Instrumentation.class},
                (proxy, method, arguments) -> {
                  throw new IllegalStateException(method.getName());
                });
    return new LibraryContext(none, runtime, new ProxiedMethods(runtime, ServedMethods.NONE));
  }

  private boolean weaves(String name, String... supertypes) {
    ClassShape.Method converse =
        new ClassShape.Method(
            "converse", "()V", 1, 1, false, Effect.NONE, PolicyTree.empty(), List.of());
    ClassShape shape =
        new ClassShape(
            name, List.of(supertypes), new ClassShape.AgentName("", ""), List.of(converse));
    return libraries.joinPoint(shape, converse) != null;
  }

  @Test
  void weavesTheClassesThatALibraryNames() {
    assertThat(weaves("com.acme.Client")).isTrue();
  }

  @Test
  void weavesDirectSubtypesOfTheTypesThatALibraryNames() {
    assertThat(weaves("com.acme.OwnModel", "java/lang/Object", "com/acme/Model")).isTrue();
  }

  @Test
  void doesNotWeaveOtherClassesWithTheSameMethodNames() {
    assertThat(weaves("org.example.Agent", "java/lang/Object")).isFalse();
  }

  @Test
  void makesALibraryOnceAndOnlyForItsOwnClasses() {
    weaves("org.example.Agent", "java/lang/Object");
    assertThat(acme.made).isZero();

    weaves("com.acme.Client");
    weaves("com.acme.Client");
    assertThat(acme.made).isOne();
  }
}
