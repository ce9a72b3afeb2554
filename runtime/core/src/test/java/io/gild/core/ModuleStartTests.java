package io.gild.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.core.spi.GildModule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModuleStartTests {

  private final List<String> log = new ArrayList<>();

  /** Closed with the runtime. */
  private record Worker(List<String> log) implements AutoCloseable {
    @Override
    public void close() {
      log.add("closed");
    }
  }

  @Test
  void startsAModuleOncePerRuntimeAndClosesWhatItShares() {
    GildRuntime runtime = GildRuntime.builder().module(module("worker")).build();
    assertThat(log).containsExactly("started worker");

    runtime.close();

    assertThat(log).containsExactly("started worker", "closed");
  }

  @Test
  void startsTheOtherModulesIfOneFails() {
    GildModule broken =
        new GildModule() {
          @Override
          public String name() {
            return "broken";
          }

          @Override
          public void start(RuntimeScope runtime) {
            throw new NoClassDefFoundError("com/acme/Missing");
          }
        };

    GildRuntime.builder().module(broken).module(module("worker")).build().close();

    assertThat(log).containsExactly("started worker", "closed");
  }

  private GildModule module(String name) {
    return new GildModule() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public void start(RuntimeScope runtime) {
        log.add("started " + name);
        runtime.shared(Worker.class, scope -> new Worker(log));
      }
    };
  }
}
