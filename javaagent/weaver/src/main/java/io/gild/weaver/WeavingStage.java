package io.gild.weaver;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The second stage: it knows Byte Buddy and the bridge, and is loaded when the first class is worth
 * a closer look.
 */
final class WeavingStage {

  private static final String NEXUS = "net.bytebuddy.nexus.disabled";

  private final TargetFinder finder;
  private final Inventory inventory;
  private final Sites sites = new Sites();
  private final ClassWeaver weaver;

  /**
   * Starts Byte Buddy and puts the engine in place.
   *
   * @throws ReflectiveOperationException if the bridge is not there
   */
  WeavingStage(TargetFinder finder, Inventory inventory) throws ReflectiveOperationException {
    this.finder = finder;
    this.inventory = inventory;
    this.weaver = start(sites);
    GildBridge.engine = new Engine(sites);
  }

  /** Byte Buddy would reach for sun.misc.Unsafe, which newer JDKs complain of. */
  private static ClassWeaver start(Sites sites) throws ReflectiveOperationException {
    String before = System.setProperty(NEXUS, "true");
    try {
      return new ClassWeaver(sites);
    } finally {
      if (before == null) {
        System.clearProperty(NEXUS);
      } else {
        System.setProperty(NEXUS, before);
      }
    }
  }

  byte @Nullable [] weave(@Nullable ClassLoader loader, byte[] classFile) {
    ClassShape shape = ClassShapeReader.read(classFile);
    inventory.proxied(finder.findProxied(shape));
    List<Target> targets = finder.find(shape);
    if (targets.isEmpty()) {
      return null;
    }
    String className = shape.name();
    try {
      targets.forEach(target -> sites.add(target.key(className), target.joinPoint()));
      Set<String> methods =
          targets.stream().map(target -> target.key(className)).collect(Collectors.toSet());
      byte[] woven = weaver.weave(className, classFile, loader, methods);
      inventory.woven(className, targets);
      return woven;
    } catch (Throwable fault) {
      inventory.failed(className, targets, fault);
      return null;
    }
  }

  void switchOff() {
    if (GildBridge.engine instanceof Engine) {
      GildBridge.engine = null;
    }
  }
}
