package io.gild.core;

import io.gild.config.Experimental;
import io.gild.config.PolicyTree;
import java.util.List;

/**
 * Describes a governed method, before its policies are known.
 *
 * @param kind what a call does
 * @param agent name of the agent, such as {@code support}
 * @param version version of the agent, empty if unversioned
 * @param className binary name of the declaring class
 * @param methodName simple name of the method
 * @param descriptor erased descriptor, such as {@code (Ljava/lang/String;)Ljava/lang/String;}
 * @param parameters the parameters in order; empty if unknown
 * @param effect what running the method does to the world
 * @param declared policies as annotations declare them; a class without annotations declares none
 * @param wrapped whether a generated wrapper or the goal {@code weave} governs the method: its
 *     policies act unless the settings name another mode
 */
@Experimental
public record MethodSpec(
    CallKind kind,
    String agent,
    String version,
    String className,
    String methodName,
    String descriptor,
    List<Parameter> parameters,
    Effect effect,
    PolicyTree declared,
    boolean wrapped) {

  /** The part a parameter plays. */
  public enum Role {
    /** An ordinary value. */
    NONE,
    /** The prompt of the model. */
    PROMPT,
    /** The customer on whose behalf the call runs. */
    TENANT,
    /** The person on whose behalf the call runs. */
    USER,
    /** The conversation the call belongs to. */
    SESSION,
    /** Receives the routed model name. */
    MODEL,
    /** Receives memories that fit the prompt. */
    RECALL,
    /** Receives experiences that fit the prompt. */
    EXPERIENCE
  }

  /**
   * One parameter.
   *
   * @param name its name in the source, or {@code arg0} and so on
   * @param type binary name of its erased type
   * @param role its part
   */
  public record Parameter(String name, String type, Role role) {}

  /** Copies the list. */
  public MethodSpec {
    parameters = List.copyOf(parameters);
  }

  /**
   * Describes a method that no wrapper governs.
   *
   * @param kind what a call does
   * @param agent name of the agent
   * @param version version of the agent, empty if unversioned
   * @param className binary name of the declaring class
   * @param methodName simple name of the method
   * @param descriptor erased descriptor
   * @param parameters the parameters in order; empty if unknown
   * @param effect what running the method does to the world
   * @param declared policies as annotations declare them
   */
  public MethodSpec(
      CallKind kind,
      String agent,
      String version,
      String className,
      String methodName,
      String descriptor,
      List<Parameter> parameters,
      Effect effect,
      PolicyTree declared) {
    this(
        kind,
        agent,
        version,
        className,
        methodName,
        descriptor,
        parameters,
        effect,
        declared,
        false);
  }

  /**
   * Returns the same description of a method that a wrapper governs.
   *
   * @return a spec that is {@link #wrapped()}
   */
  public MethodSpec asWrapped() {
    return new MethodSpec(
        kind,
        agent,
        version,
        className,
        methodName,
        descriptor,
        parameters,
        effect,
        declared,
        true);
  }

  /**
   * Describes a method of which only the name is known.
   *
   * @param agent name of the agent
   * @param className binary name of the declaring class
   * @param methodName simple name of the method
   * @param descriptor erased descriptor
   * @return a spec without declared policies
   */
  public static MethodSpec of(
      String agent, String className, String methodName, String descriptor) {
    return new MethodSpec(
        CallKind.AGENT,
        agent,
        "",
        className,
        methodName,
        descriptor,
        List.of(),
        Effect.NONE,
        PolicyTree.empty());
  }

  /**
   * Returns whether a descriptor is that of a suspend function of Kotlin, whose result may come
   * after its return. The descriptor does not contain the declared type.
   *
   * @param descriptor erased descriptor
   * @return whether a continuation comes last and an object is returned
   */
  public static boolean isSuspending(String descriptor) {
    return descriptor.endsWith("Lkotlin/coroutines/Continuation;)Ljava/lang/Object;");
  }

  /**
   * Returns the name under which telemetry and policies know the method.
   *
   * @return {@code agent.method}
   */
  public String id() {
    return agent + "." + methodName;
  }

  /**
   * Returns the position of the parameter with a role.
   *
   * @param role the role
   * @return its index, or -1 if no parameter has it
   */
  public int indexOf(Role role) {
    for (int i = 0; i < parameters.size(); i++) {
      if (parameters.get(i).role() == role) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Returns the position of the prompt: the parameter marked as such, or else the first text.
   *
   * @return its index, or -1 if there is no text
   */
  public int promptIndex() {
    int marked = indexOf(Role.PROMPT);
    if (marked >= 0) {
      return marked;
    }
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      if (parameter.role() == Role.NONE && parameter.type().equals("java.lang.String")) {
        return i;
      }
    }
    return -1;
  }
}
