package io.gild.compiler;

import javax.annotation.processing.Messager;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.tools.Diagnostic;

/** Tells the compiler what is wrong, at the annotation value where possible, and counts errors. */
final class Diagnostics {

  private final Messager messager;
  private int errors;

  Diagnostics(Messager messager) {
    this.messager = messager;
  }

  void anywhere(Message message, Object... arguments) {
    messager.printMessage(count(message), message.format(arguments));
  }

  void onElement(Message message, Element element, Object... arguments) {
    messager.printMessage(count(message), message.format(arguments), element);
  }

  void onAnnotation(Message message, Element element, Mirror mirror, Object... arguments) {
    messager.printMessage(count(message), message.format(arguments), element, mirror.mirror());
  }

  void onAttribute(
      Message message, Element element, Mirror mirror, String attribute, Object... arguments) {
    onValue(message, element, mirror, mirror.value(attribute), arguments);
  }

  void onValue(
      Message message, Element element, Mirror mirror, AnnotationValue value, Object... arguments) {
    String text = message.format(arguments);
    messager.printMessage(count(message), text, element, mirror.mirror(), value);
  }

  int errors() {
    return errors;
  }

  private Diagnostic.Kind count(Message message) {
    if (message.severity() == Diagnostic.Kind.ERROR) {
      errors++;
    }
    return message.severity();
  }
}
