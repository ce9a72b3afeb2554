package io.gild.weaver;

import io.gild.core.GildLog;
import io.gild.core.HostClasses;
import io.gild.weaver.spi.DeferredLibrary;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * Sees every class that is loaded; lets nearly all of them pass after a look at the constant pool.
 */
public final class GildTransformer implements ClassFileTransformer {

  /** What holds the application's own OpenTelemetry, in which spans have to nest. */
  private static final String GLOBAL_TELEMETRY = "io/opentelemetry/api/GlobalOpenTelemetry";

  private static final String GLOBAL_TELEMETRY_NAME = "io.opentelemetry.api.GlobalOpenTelemetry";

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
   * @param ignored classes that are not looked at
   * @param finder finds what is woven
   * @param deferred what is woven from some moment on
   * @param inventory takes what was woven
   * @param carried knows the calls of tasks that wait
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

  /** Takes note of a class that was loaded before the agent, if Gild has to meet it. */
  void note(Class<?> type, ClassLoader loader) {
    if (type.getName().equals(GLOBAL_TELEMETRY_NAME)) {
      HostClasses.seen(GLOBAL_TELEMETRY_NAME, loader);
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

  /** Lets all woven code be plain calls again. */
  public synchronized void switchOff() {
    broken = true;
    if (stage != null) {
      stage.switchOff();
      stage = null;
    }
  }
}
