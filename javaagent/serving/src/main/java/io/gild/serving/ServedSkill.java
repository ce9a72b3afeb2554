package io.gild.serving;

import io.gild.a2a.serve.LateSkill;
import io.gild.a2a.serve.SkillUnavailable;
import io.gild.a2a.server.ServeRule;
import io.gild.config.AgentRule;
import io.gild.config.PolicyTree;
import io.gild.config.Suggestions;
import io.gild.core.GildLog;
import io.gild.core.MethodSpec;
import io.gild.weaver.ClassShape;
import io.gild.weaver.OpenPackages;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A method of an application that answers messages, by the newest object that has it. */
final class ServedSkill implements LateSkill {

  /** A class with a static method; its application may go. */
  private record Owner(WeakReference<ClassLoader> loader, String className) {}

  private final Instrumentation instrumentation;
  private final ServeRule rule;
  private final AgentRule pattern;
  private final LiveObjects objects = new LiveObjects();
  private final Map<String, List<MethodSpec.Parameter>> parameters = new ConcurrentHashMap<>();
  private volatile @Nullable Owner owner;
  private volatile @Nullable String problem;

  ServedSkill(Instrumentation instrumentation, ServeRule rule) {
    this.instrumentation = instrumentation;
    this.rule = rule;
    this.pattern = new AgentRule(rule.match(), "", rule.agent(), PolicyTree.empty());
  }

  ServeRule rule() {
    return rule;
  }

  boolean wantsClass(String className) {
    return pattern.matchesType(className);
  }

  boolean isOf(String className, String methodName) {
    return rule.method().equals(methodName) && wantsClass(className);
  }

  /** Returns why nothing can answer, as far as that is known; {@code null} if something may. */
  @Nullable String problem() {
    return problem;
  }

  /**
   * Receives a class that the rule names.
   *
   * @return whether a method of it can answer
   */
  boolean found(@Nullable ClassLoader loader, ClassShape shape) {
    List<ClassShape.Method> methods = new ArrayList<>();
    for (ClassShape.Method method : shape.methods()) {
      if (method.name().equals(rule.method())) {
        methods.add(method);
      }
    }
    String wrong = wrongWith(shape, methods);
    problem = wrong;
    if (wrong != null) {
      GildLog.infoOnce("a2a.serve: " + rule.match() + " is not served: " + wrong);
      return false;
    }
    for (ClassShape.Method method : methods) {
      parameters.put(key(shape.name(), method.descriptor()), method.parameters());
      if (Modifier.isStatic(method.access()) && loader != null) {
        owner = new Owner(new WeakReference<>(loader), shape.name());
      }
    }
    return !methods.isEmpty();
  }

  /** Returns why a class cannot answer; {@code null} if it can, or another class is meant. */
  private @Nullable String wrongWith(ClassShape shape, List<ClassShape.Method> methods) {
    String type = shape.name();
    if (methods.isEmpty()) {
      return pattern.classGlob().equals(type) ? missing(shape) : null;
    }
    if (methods.size() > 1) {
      return type
          + " has "
          + methods.size()
          + " methods "
          + rule.method()
          + "; serve one whose name"
          + " is its own";
    }
    return MethodSpec.isSuspending(methods.get(0).descriptor())
        ? "it is a suspend function of Kotlin; serve a method that calls it"
        : null;
  }

  private String missing(ClassShape shape) {
    TreeSet<String> names = new TreeSet<>();
    for (ClassShape.Method method : shape.methods()) {
      names.add(method.name());
    }
    String hint = Suggestions.didYouMean(rule.method(), names);
    return shape.name()
        + " declares no method "
        + rule.method()
        + "."
        + (hint.isEmpty() ? " It declares " + names + "; name the class that declares it." : hint);
  }

  void made(String className, Object object) {
    if (owner != null) {
      return; // a static method needs none
    }
    objects.add(className, object);
    if (objects.size() == 2) {
      GildLog.infoOnce(
          "a2a.serve: there are several objects of " + className + "; the newest one answers");
    }
  }

  void called(String className, Object object) {
    if (owner == null && objects.newest() == null) {
      objects.add(className, object);
    }
  }

  @Override
  public Found find() throws SkillUnavailable {
    String wrong = problem;
    if (wrong != null) {
      throw new SkillUnavailable("The skill is not served: " + wrong);
    }
    LiveObjects.Live live = objects.newest();
    if (live != null) {
      Class<?> type = declaring(live.object().getClass(), live.className());
      return found(live.object(), type);
    }
    Class<?> type = ofStatic();
    if (type != null) {
      return found(null, type);
    }
    throw new SkillUnavailable(
        objects.hadAny()
            ? "No object of " + pattern.classGlob() + " exists any more."
            : "No object of " + pattern.classGlob() + " exists yet; the application makes it.");
  }

  private Found found(@Nullable Object object, Class<?> type) throws SkillUnavailable {
    for (Method method : type.getDeclaredMethods()) {
      String descriptor =
          MethodType.methodType(method.getReturnType(), method.getParameterTypes())
              .toMethodDescriptorString();
      List<MethodSpec.Parameter> known = parameters.get(key(type.getName(), descriptor));
      boolean isStatic = Modifier.isStatic(method.getModifiers());
      if (known != null && method.getName().equals(rule.method()) && (isStatic || object != null)) {
        OpenPackages.open(instrumentation, type);
        // The application's own libraries look for services there.
        Thread.currentThread().setContextClassLoader(type.getClassLoader());
        return new Found(isStatic ? null : object, method, known);
      }
    }
    throw new SkillUnavailable("The class " + type.getName() + " has another form by now.");
  }

  private static String key(String className, String descriptor) {
    return className + descriptor;
  }

  private @Nullable Class<?> ofStatic() {
    Owner known = owner;
    ClassLoader loader = known == null ? null : known.loader().get();
    try {
      return known == null || loader == null
          ? null
          : Class.forName(known.className(), true, loader);
    } catch (ClassNotFoundException | LinkageError gone) {
      return null;
    }
  }

  /** Returns the class or interface of a name among those of an object. */
  private static Class<?> declaring(Class<?> type, String name) throws SkillUnavailable {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      if (each.getName().equals(name)) {
        return each;
      }
      for (Class<?> implemented : each.getInterfaces()) {
        if (implemented.getName().equals(name)) {
          return implemented;
        }
      }
    }
    throw new SkillUnavailable("An object of " + type.getName() + " is none of " + name + ".");
  }
}
