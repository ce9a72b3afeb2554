package io.gild.compiler;

import io.gild.golden.GoldenInput;
import java.util.List;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import org.jspecify.annotations.Nullable;

/**
 * An agent as declared in the source.
 *
 * @param type its class or interface
 * @param binaryName binary name of the type
 * @param name name of the agent
 * @param version version, or empty
 * @param description description, or empty
 * @param methods governed methods in the order of the source, its own before inherited ones
 * @param overridden methods that replace a governed one of a supertype and are not governed
 */
record AgentModel(
    TypeElement type,
    String binaryName,
    String name,
    String version,
    String description,
    List<Method> methods,
    List<ExecutableElement> overridden) {

  /** The role of a parameter. */
  enum Role {
    PROMPT,
    TENANT,
    USER,
    SESSION,
    MODEL,
    RECALL,
    EXPERIENCE,
    NONE;

    /** Returns whether Gild fills the parameter in place of the caller. */
    boolean isFilled() {
      return this == MODEL || isMemory();
    }

    /** Returns whether the parameter receives memories or experiences. */
    boolean isMemory() {
      return this == RECALL || this == EXPERIENCE;
    }
  }

  /** The side effect of a method. */
  enum Effect {
    NONE,
    SIDE_EFFECT,
    IDEMPOTENT
  }

  /** A parameter. */
  record Parameter(VariableElement element, String name, Role role) implements GoldenInput.Slot {

    @Override
    public boolean isOptional() {
      return role.isFilled() || role == Role.TENANT || role == Role.USER || role == Role.SESSION;
    }
  }

  /**
   * A governed method.
   *
   * @param descriptor erased descriptor as the JVM writes it
   * @param label name with parameter types, for messages
   */
  record Method(
      ExecutableElement element,
      String name,
      String descriptor,
      String label,
      List<Parameter> parameters,
      Effect effect,
      List<PolicyAnnotation> policies,
      List<Mirror> golden) {

    /** Returns the annotation that declares a policy of the method; null if there is none. */
    @Nullable Mirror policy(String key) {
      for (PolicyAnnotation policy : policies) {
        if (policy.key().equals(key)) {
          return policy.mirror();
        }
      }
      return null;
    }
  }
}
