package io.gild.weaver;

import io.gild.config.PolicyTree;
import io.gild.core.Effect;
import io.gild.core.MethodSpec;
import java.lang.reflect.Modifier;
import java.util.List;

/**
 * What the weaver has to know of a class, read from its class file.
 *
 * @param name binary name
 * @param supertypes internal names of its superclass and of the interfaces it names itself
 * @param agent name and version of the agent; both empty if the class does not say
 * @param methods the methods it declares, without constructors and what the build wove already
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
   * @param locals how many variables its code has, a {@code long} and a {@code double} being two
   * @param annotated whether an annotation of Gild is written on it
   * @param effect what running it does to the world
   * @param declared policies written on it
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

    /** Returns whether there is code to weave into. */
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

  /** Returns whether Kotlin's compiler made it of a suspend function or of a suspending lambda. */
  boolean isCoroutine() {
    return supertypes.stream().anyMatch(type -> type.startsWith("kotlin/coroutines/jvm/internal/"));
  }

  /**
   * Returns whether the class itself names a type as its superclass or as one of its interfaces.
   */
  public boolean isDirectly(String internalName) {
    return supertypes.contains(internalName);
  }
}
