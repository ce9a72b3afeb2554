package io.gild.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.spi.SettingsModule;
import io.gild.core.spi.ContextCarrier;
import io.gild.core.spi.GildModule;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModuleStartTests {

  @TempDir Path folder;

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

  @Test
  void addsNothingOfAModuleThatFails() throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(SettingsModule.class.getName()),
        "com.acme.Missing\n" + BrokenModule.class.getName());
    List<String> lines = new CopyOnWriteArrayList<>();
    GildLog.redirect((line, cause) -> lines.add(line));
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
      GildRuntime.builder().discover(loader).module(module("worker")).build().close();
    } finally {
      GildLog.redirect((line, cause) -> System.err.println("[gild] " + line));
    }

    assertThat(log).containsExactly("started worker", "closed");
    assertThat(lines)
        .anyMatch(line -> line.contains("com.acme.Missing"))
        .anyMatch(
            line -> line.contains(BrokenModule.class.getName()) && line.contains("no carriers"));
  }

  /** A module that fails after it named its listeners. */
  public static final class BrokenModule implements GildModule {
    @Override
    public String name() {
      return "broken";
    }

    @Override
    public List<ContextCarrier> carriers() {
      throw new IllegalStateException("no carriers");
    }

    @Override
    public void start(RuntimeScope runtime) {
      throw new AssertionError("a module that failed is not started");
    }
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
