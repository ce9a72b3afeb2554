package io.gild.weaver;

import io.gild.core.CallKind;
import io.gild.core.MethodSpec;
import io.gild.weaver.spi.DeferredLibrary;
import io.gild.weaver.spi.JoinPoint;
import io.gild.weaver.spi.ServedMethods;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides which classes and which of their methods are woven. */
public final class TargetFinder {

  private final List<TargetRule> rules;
  private final List<TargetRule> patterns;
  private final Set<String> exactNames;
  private final Libraries libraries;
  private final DeferredLibrary deferred;
  private final ConstantPoolScanner scanner;
  private final LazyRuntime runtime;
  private final ProxiedMethods proxied;
  private final ServedMethods served;

  /**
   * Creates the finder.
   *
   * @param rules methods that are woven without an annotation
   * @param libraries the woven methods of libraries
   * @param deferred the libraries that are woven later
   * @param proxied receives the methods of agents that are interfaces only
   * @param served the methods that are served to other agents
   * @param runtime governs the calls
   */
  public TargetFinder(
      List<TargetRule> rules,
      Libraries libraries,
      DeferredLibrary deferred,
      ProxiedMethods proxied,
      ServedMethods served,
      LazyRuntime runtime) {
    this.rules = rules;
    this.proxied = proxied;
    this.served = served;
    this.libraries = libraries;
    this.deferred = deferred;
    this.runtime = runtime;
    this.patterns = new ArrayList<>();
    this.exactNames = new HashSet<>(libraries.classes());
    for (TargetRule rule : rules) {
      if (ClassNames.isPattern(rule.classGlob())) {
        patterns.add(rule);
      } else {
        exactNames.add(rule.classGlob().replace('.', '/'));
      }
    }
    this.scanner = new ConstantPoolScanner(libraries.supertypes());
  }

  /** Returns whether a class may have targets, by its name. */
  boolean wantsName(String internalName) {
    if (exactNames.contains(internalName)) {
      return true;
    }
    if (!patterns.isEmpty() || served != ServedMethods.NONE) {
      String className = internalName.replace('/', '.');
      if (served.wantsClass(className)) {
        return true;
      }
      for (TargetRule pattern : patterns) {
        if (pattern.matchesClass(className)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Returns whether a class may have targets; the first and cheap stage. */
  boolean wants(String internalName, byte[] classFile) {
    return wantsName(internalName) || scanner.matches(classFile);
  }

  /** Returns the internal names of the types whose direct subtypes are woven. */
  Set<String> supertypes() {
    return libraries.supertypes();
  }

  /** Returns the methods to weave; the second stage. */
  List<Target> find(@Nullable ClassLoader loader, ClassShape shape) {
    List<Target> targets = new ArrayList<>();
    if (shape.isDirectly("io/gild/core/Governed") || shape.isCoroutine()) {
      return targets;
    }
    boolean isServed = served.wantsClass(shape.name());
    if (isServed) {
      served.found(loader, shape);
      targets.add(
          new Target(
              MadeJoinPoint.NAME,
              "",
              Target.Place.UNREPORTED,
              new MadeJoinPoint(served, shape.name())));
    }
    for (ClassShape.Method method : shape.methods()) {
      if (!method.hasBody()) {
        continue;
      }
      JoinPoint library = libraries.joinPoint(shape, method);
      if (library != null) {
        boolean own = shape.is(IgnoredClasses.ATTACHMENT);
        targets.add(target(method, own ? Target.Place.UNREPORTED : Target.Place.LIBRARY, library));
        continue;
      }
      JoinPoint later = deferred.joinPoint(shape, method);
      if (later != null) {
        targets.add(target(method, Target.Place.UNREPORTED, later));
        continue;
      }
      String agent = agentName(shape, method);
      if (!agent.isEmpty()) {
        GovernedSite site = new GovernedSite(runtime, spec(shape, method, agent), loader);
        JoinPoint governed =
            method.suspends()
                ? new SuspendJoinPoint(site)
                : new AgentJoinPoint(site, method.isSynchronized());
        targets.add(
            target(
                method,
                Target.Place.AGENT,
                isServed && !served.agent(shape.name(), method.name()).isEmpty()
                    ? new ServedJoinPoint(served, shape.name(), governed)
                    : governed));
      }
    }
    return targets;
  }

  /**
   * Stores the methods of an interface that belong to an agent: objects of the interface are
   * governed, regardless of the code that makes them.
   *
   * @return their keys
   */
  List<String> findProxied(@Nullable ClassLoader loader, ClassShape shape) {
    List<String> keys = new ArrayList<>();
    for (ClassShape.Method method : shape.methods()) {
      boolean leave = method.hasBody() || method.suspends();
      String agent = leave ? "" : agentName(shape, method);
      if (!agent.isEmpty()) {
        proxied.add(loader, spec(shape, method, agent));
        keys.add(Sites.key(shape.name(), method.name(), method.descriptor()));
      }
    }
    return keys;
  }

  private static Target target(ClassShape.Method method, Target.Place place, JoinPoint joinPoint) {
    return new Target(method.name(), method.descriptor(), place, joinPoint);
  }

  /** Returns the agent of a method; empty if there is none. */
  private String agentName(ClassShape shape, ClassShape.Method method) {
    String ruled = null;
    for (TargetRule rule : rules) {
      if (rule.matches(shape.name(), method.name())) {
        ruled = rule.agent();
      }
    }
    if (ruled == null && !method.annotated()) {
      return served.agent(shape.name(), method.name());
    }
    if (ruled != null && !ruled.isEmpty()) {
      return ruled;
    }
    String given = shape.agent().name();
    return given.isEmpty() ? ClassNames.simple(shape.name()) : given;
  }

  static MethodSpec spec(ClassShape shape, ClassShape.Method method, String agent) {
    return new MethodSpec(
        CallKind.AGENT,
        agent,
        shape.agent().version(),
        shape.name(),
        method.name(),
        method.descriptor(),
        parameters(method),
        method.effect(),
        method.declared());
  }

  /** Returns the parameters of the source code, without a continuation. */
  private static List<MethodSpec.Parameter> parameters(ClassShape.Method method) {
    List<MethodSpec.Parameter> all = method.parameters();
    return method.suspends() ? all.subList(0, all.size() - 1) : all;
  }
}
