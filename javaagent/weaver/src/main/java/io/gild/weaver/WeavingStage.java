package io.gild.weaver;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The second stage: uses the weaver and the bridge, and is loaded when the first class needs a
 * closer look.
 */
final class WeavingStage {

  private final TargetFinder finder;
  private final Inventory inventory;
  private final Sites sites = new Sites();
  private final ClassWeaver weaver;

  /**
   * Installs the engine.
   *
   * @param finder decides which methods are woven
   * @param inventory records the woven methods
   * @param carried stores the calls of waiting tasks
   */
  @SuppressWarnings("StaticAssignmentInConstructor") // woven code finds the engine there alone
  WeavingStage(TargetFinder finder, Inventory inventory, CarriedCalls carried) {
    this.finder = finder;
    this.inventory = inventory;
    this.weaver = new ClassWeaver(sites);
    GildBridge.engine = new Engine(sites, carried);
  }

  byte @Nullable [] weave(@Nullable ClassLoader loader, byte[] classFile) {
    ClassShape shape = ClassShapeReader.read(classFile);
    inventory.proxied(finder.findProxied(loader, shape));
    List<Target> targets = finder.find(loader, shape);
    if (targets.isEmpty()) {
      return null;
    }
    String className = shape.name();
    try {
      Set<String> methods = new HashSet<>();
      for (Target target : targets) {
        sites.add(loader, target.key(className), target.joinPoint());
        methods.add(target.key(className));
      }
      byte[] woven = weaver.weave(loader, shape, classFile, methods);
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
