package io.gild.weaver;

import io.gild.core.GildLog;
import io.gild.core.HostClasses;
import io.gild.weaver.spi.DeferredLibrary;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * Receives every class that is loaded; skips nearly all of them after a scan of the constant pool.
 */
public final class GildTransformer implements ClassFileTransformer {

  /** The class that contains the application's own OpenTelemetry, in which spans must nest. */
  private static final String GLOBAL_TELEMETRY = "io/opentelemetry/api/GlobalOpenTelemetry";

  private static final String GLOBAL_TELEMETRY_NAME = "io.opentelemetry.api.GlobalOpenTelemetry";

  /** The class that contains the application's own registry of meters. */
  private static final String GLOBAL_METERS = "io/micrometer/core/instrument/Metrics";

  private static final String GLOBAL_METERS_NAME = "io.micrometer.core.instrument.Metrics";

  private final Instrumentation instrumentation;
  private final IgnoredClasses ignored;
  private final TargetFinder finder;
  private final DeferredLibrary deferred;
  private final Inventory inventory;
  private final CarriedCalls carried;
  private @Nullable WeavingStage stage;
  private boolean broken;

  /**
   * Creates the transformer.
   *
   * @param instrumentation the JVM's
   * @param ignored classes that are never inspected
   * @param finder finds the methods to weave
   * @param deferred the libraries that are woven later
   * @param inventory records the woven methods
   * @param carried stores the calls of waiting tasks
   */
  public GildTransformer(
      Instrumentation instrumentation,
      IgnoredClasses ignored,
      TargetFinder finder,
      DeferredLibrary deferred,
      Inventory inventory,
      CarriedCalls carried) {
    this.carried = carried;
    this.instrumentation = instrumentation;
    this.ignored = ignored;
    this.finder = finder;
    this.deferred = deferred;
    this.inventory = inventory;
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String internalName,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    if (internalName == null) {
      return null;
    }
    boolean wanted = deferred.wants(internalName);
    if (!wanted && ignored.ignores(loader, internalName)) {
      return null;
    }
    try {
      if (loader != null && internalName.equals(GLOBAL_TELEMETRY)) {
        HostClasses.seen(GLOBAL_TELEMETRY_NAME, loader);
      } else if (loader != null && internalName.equals(GLOBAL_METERS)) {
        HostClasses.seen(GLOBAL_METERS_NAME, loader);
      }
      if (!wanted && !finder.wants(internalName, classFile)) {
        return null;
      }
      WeavingStage weaving = stage();
      return weaving == null ? null : weaving.weave(loader, classFile);
    } catch (Throwable fault) {
      GildLog.faultOnce("Looking at " + internalName.replace('/', '.'), fault);
      return null;
    }
  }

  boolean ignores(Class<?> type) {
    return ignored.ignores(type.getClassLoader(), type.getName().replace('.', '/'));
  }

  /** Records a class that was loaded before the agent, if Gild needs it. */
  void note(Class<?> type, ClassLoader loader) {
    String name = type.getName();
    if (name.equals(GLOBAL_TELEMETRY_NAME) || name.equals(GLOBAL_METERS_NAME)) {
      HostClasses.seen(name, loader);
    }
  }

  private synchronized @Nullable WeavingStage stage() {
    if (stage == null && !broken) {
      try {
        BridgeDefiner.define(instrumentation);
        stage = new WeavingStage(finder, inventory, carried);
      } catch (Throwable fault) {
        broken = true;
        GildLog.faultOnce("Starting the weaver", fault);
      }
    }
    return stage;
  }

  /** Turns all woven code into plain calls again. */
  public synchronized void switchOff() {
    broken = true;
    if (stage != null) {
      stage.switchOff();
      stage = null;
    }
  }
}
