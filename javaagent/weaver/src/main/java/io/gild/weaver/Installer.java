package io.gild.weaver;

import io.gild.core.GildLog;
import io.gild.core.GildRuntime;
import java.lang.instrument.Instrumentation;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts the agent in place, and takes it away again; what the premain class calls. */
public final class Installer {

  private final Instrumentation instrumentation;
  private final EngineSettings settings;
  private final Inventory inventory;
  private final TargetFinder finder;
  private final GildTransformer transformer;
  private final Thread reporter;

  private Installer(Instrumentation instrumentation, AgentOptions options) {
    this.instrumentation = instrumentation;
    this.settings = EngineSettings.load(options);
    this.inventory = new Inventory(options.verbose());
    LazyRuntime runtime = new LazyRuntime(() -> startRuntime(settings));
    this.finder = new TargetFinder(settings.rules(), new LangChain4j(runtime), runtime);
    this.transformer =
        new GildTransformer(
            instrumentation,
            new IgnoredClasses(Installer.class.getClassLoader()),
            finder,
            inventory);
    this.reporter = new Thread(() -> inventory.report(settings.rules()), "gild-report");
  }

  /**
   * Installs the agent.
   *
   * @param options the agent's options, or {@code null}
   * @param instrumentation the JVM's
   * @return takes the agent away again
   */
  public static Runnable install(@Nullable String options, Instrumentation instrumentation) {
    Installer installer = new Installer(instrumentation, AgentOptions.parse(options));
    installer.install();
    return installer::detach;
  }

  private void install() {
    settings.problems().forEach(GildLog::info);
    instrumentation.addTransformer(transformer, instrumentation.isRetransformClassesSupported());
    new LoadedClasses(instrumentation).weave(transformer, finder);
    Runtime.getRuntime().addShutdownHook(reporter);
  }

  private void detach() {
    instrumentation.removeTransformer(transformer);
    transformer.switchOff();
    Set<String> woven = inventory.wovenClasses();
    new LoadedClasses(instrumentation).retransform(type -> woven.contains(type.getName()));
    inventory.report(settings.rules());
    try {
      Runtime.getRuntime().removeShutdownHook(reporter);
    } catch (IllegalStateException ending) {
      // The JVM is on its way out, and the line has been said.
    }
  }

  private static GildRuntime startRuntime(EngineSettings settings) {
    GildRuntime runtime =
        GildRuntime.builder()
            .discover(Installer.class.getClassLoader())
            .settings(settings.settings())
            .modeUnlessGiven(settings.defaultMode())
            .build();
    GildRuntime.setGlobal(runtime);
    return runtime;
  }
}
