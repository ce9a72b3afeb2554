package io.gild.compiler;

import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/**
 * A workflow of an interface, and where its mistakes are reported.
 *
 * @param type the interface
 * @param method its method
 * @param pattern the annotation that names the steps
 * @param input what a run gets: void for nothing, {@code null} if unknown
 * @param result what a run returns: void for nothing, {@code null} if unknown
 * @param diagnostics receives mistakes
 */
record WorkflowPlace(
    TypeElement type,
    ExecutableElement method,
    Mirror pattern,
    @Nullable TypeMirror input,
    @Nullable TypeMirror result,
    Diagnostics diagnostics) {

  /** Reports a mistake at an attribute of the pattern. */
  void at(String attribute, Message message, Object... arguments) {
    diagnostics.onAttribute(message, method, pattern, attribute, arguments);
  }

  /** Reports a mistake at a step. */
  void at(AnnotationValue step, Message message, Object... arguments) {
    diagnostics.onValue(message, method, pattern, step, arguments);
  }

  /** Reports a mistake at an attribute of a step, or at the step if it is not written. */
  void at(AnnotationValue step, String attribute, Message message, Object... arguments) {
    Mirror mirror = new Mirror((AnnotationMirror) step.getValue());
    at(mirror.isWritten(attribute) ? mirror.value(attribute) : step, message, arguments);
  }

  /** Reports a bad value of the pattern. */
  void bad(String attribute, String rule) {
    at(attribute, Message.POLICY_BAD_VALUE, pattern.name(), attribute, rule);
  }
}
