package io.gild.weaver;

import io.gild.config.PolicyTree;
import io.gild.core.Effect;
import io.gild.core.MethodSpec;
import java.lang.reflect.Modifier;
import java.util.List;

/**
 * The facts about a class that the weaver needs, read from its class file.
 *
 * @param name binary name
 * @param supertypes internal names of its superclass and of its direct interfaces
 * @param agent name and version of the agent; both empty if the class does not name them
 * @param methods the methods it declares, without constructors and methods that the build wove
 *     already
 */
public record ClassShape(
    String name, List<String> supertypes, AgentName agent, List<Method> methods) {

  /** The name and the version in {@code @Agent}. */
  public record AgentName(String name, String version) {}

  /**
   * One method.
   *
   * @param name simple name
   * @param descriptor erased descriptor
   * @param access access flags of the class file
   * @param locals how many variables its code has, where a {@code long} or {@code double} counts as
   *     two
   * @param annotated whether it has an annotation of Gild
   * @param effect the effect of running it
   * @param declared policies of its annotations
   * @param parameters its parameters
   */
  public record Method(
      String name,
      String descriptor,
      int access,
      int locals,
      boolean annotated,
      Effect effect,
      PolicyTree declared,
      List<MethodSpec.Parameter> parameters) {

    /** Returns whether it has code to weave into. */
    boolean hasBody() {
      return !Modifier.isAbstract(access) && !Modifier.isNative(access);
    }

    /** Returns whether it is a suspend function of Kotlin. */
    boolean suspends() {
      return MethodSpec.isSuspending(descriptor);
    }

    boolean isStatic() {
      return Modifier.isStatic(access);
    }

    boolean isSynchronized() {
      return Modifier.isSynchronized(access);
    }
  }

  /** Returns whether the class has an internal name. */
  public boolean is(String internalName) {
    return name.equals(internalName.replace('/', '.'));
  }

  /** Returns whether Kotlin's compiler made it from a suspend function or a suspending lambda. */
  boolean isCoroutine() {
    return supertypes.stream().anyMatch(type -> type.startsWith("kotlin/coroutines/jvm/internal/"));
  }

  /** Returns whether a type is the direct superclass or a direct interface of the class. */
  public boolean isDirectly(String internalName) {
    return supertypes.contains(internalName);
  }
}
