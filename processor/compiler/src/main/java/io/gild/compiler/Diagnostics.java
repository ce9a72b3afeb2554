package io.gild.compiler;

import java.util.List;
import javax.annotation.processing.Messager;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.tools.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * Reports mistakes to the compiler, at the annotation value if possible, and counts errors.
 *
 * <p>{@code @SuppressWarnings("gild")}, or with the id of a message, silences warnings.
 */
final class Diagnostics {

  private static final String ALL = "gild";

  private final Messager messager;
  private int errors;

  Diagnostics(Messager messager) {
    this.messager = messager;
  }

  void anywhere(Message message, Object... arguments) {
    messager.printMessage(count(message), message.format(arguments));
  }

  void onElement(Message message, Element element, Object... arguments) {
    if (!isSuppressed(message, element)) {
      messager.printMessage(count(message), message.format(arguments), element);
    }
  }

  void onAnnotation(Message message, Element element, Mirror mirror, Object... arguments) {
    if (!isSuppressed(message, element)) {
      messager.printMessage(count(message), message.format(arguments), element, mirror.mirror());
    }
  }

  void onAttribute(
      Message message, Element element, Mirror mirror, String attribute, Object... arguments) {
    onValue(message, element, mirror, mirror.value(attribute), arguments);
  }

  void onValue(
      Message message, Element element, Mirror mirror, AnnotationValue value, Object... arguments) {
    if (!isSuppressed(message, element)) {
      String text = message.format(arguments);
      messager.printMessage(count(message), text, element, mirror.mirror(), value);
    }
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

  private static boolean isSuppressed(Message message, Element element) {
    if (message.severity() != Diagnostic.Kind.WARNING) {
      return false;
    }
    for (@Nullable Element each = element; each != null; each = each.getEnclosingElement()) {
      List<String> silenced =
          Mirror.of(each, "java.lang.SuppressWarnings")
              .map(mirror -> mirror.texts("value"))
              .orElse(List.of());
      if (silenced.contains(ALL) || silenced.contains(message.id())) {
        return true;
      }
    }
    return false;
  }
}
