package io.gild.compiler;

import io.gild.config.Keys;
import io.gild.config.Origin;
import io.gild.config.PolicyTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.SimpleAnnotationValueVisitor14;
import org.jspecify.annotations.Nullable;

/**
 * An annotation as written in the source.
 *
 * @param mirror the compiler's view of it
 */
record Mirror(AnnotationMirror mirror) {

  static Optional<Mirror> of(Element element, String annotation) {
    for (AnnotationMirror each : element.getAnnotationMirrors()) {
      Mirror mirror = new Mirror(each);
      if (mirror.element().getQualifiedName().contentEquals(annotation)) {
        return Optional.of(mirror);
      }
    }
    return Optional.empty();
  }

  String qualifiedName() {
    return element().getQualifiedName().toString();
  }

  private TypeElement element() {
    return (TypeElement) mirror.getAnnotationType().asElement();
  }

  /** Returns the simple name of the annotation. */
  String name() {
    return element().getSimpleName().toString();
  }

  /** Returns a value, the default one if none is written. */
  AnnotationValue value(String attribute) {
    AnnotationValue written = find(attribute);
    return written == null ? defaultValue(attribute) : written;
  }

  boolean isWritten(String attribute) {
    return find(attribute) != null;
  }

  private @Nullable AnnotationValue find(String attribute) {
    for (var entry : mirror.getElementValues().entrySet()) {
      if (entry.getKey().getSimpleName().contentEquals(attribute)) {
        return entry.getValue();
      }
    }
    return null;
  }

  private AnnotationValue defaultValue(String attribute) {
    for (ExecutableElement each : ElementFilter.methodsIn(element().getEnclosedElements())) {
      if (each.getSimpleName().contentEquals(attribute) && each.getDefaultValue() != null) {
        return each.getDefaultValue();
      }
    }
    throw new IllegalArgumentException("@" + name() + " has no value for " + attribute);
  }

  /** Returns the written values, by attribute, in the order of the source. */
  Map<String, AnnotationValue> written() {
    Map<String, AnnotationValue> written = new LinkedHashMap<>();
    mirror
        .getElementValues()
        .forEach((attribute, value) -> written.put(attribute.getSimpleName().toString(), value));
    return written;
  }

  String text(String attribute) {
    return value(attribute).getValue().toString();
  }

  double number(String attribute) {
    return ((Number) value(attribute).getValue()).doubleValue();
  }

  TypeMirror type(String attribute) {
    return (TypeMirror) value(attribute).getValue();
  }

  /** Returns the attributes that are written as NaN or as an infinite number. */
  List<String> notNumbers() {
    List<String> found = new ArrayList<>();
    written()
        .forEach((attribute, value) -> {
          if (value.getValue() instanceof Number number && !Double.isFinite(number.doubleValue())) {
            found.add(attribute);
          }
        });
    return found;
  }

  /** Returns the items of an array, each of which has its own place in the source. */
  List<AnnotationValue> items(String attribute) {
    List<AnnotationValue> items = new ArrayList<>();
    for (Object item : (List<?>) value(attribute).getValue()) {
      items.add((AnnotationValue) item);
    }
    return items;
  }

  List<String> texts(String attribute) {
    return items(attribute).stream().map(item -> item.getValue().toString()).toList();
  }

  /** Returns the written values as plain values under kebab-case keys. */
  Map<String, Object> plain(Elements elements) {
    Map<String, Object> plain = new LinkedHashMap<>();
    written()
        .forEach((attribute, value) -> plain.put(Keys.kebab(attribute), plain(value, elements)));
    return plain;
  }

  /** Returns the written values as a tree; a value's origin is its attribute's name. */
  PolicyTree tree(Elements elements) {
    Map<String, Object> values = new LinkedHashMap<>();
    Map<String, Origin> origins = new LinkedHashMap<>();
    written()
        .forEach((attribute, value) -> {
          String key = Keys.kebab(attribute);
          values.put(key, plain(value, elements));
          origins.put(key, Origin.of(attribute));
        });
    return PolicyTree.of(values, origins);
  }

  private static Object plain(AnnotationValue value, Elements elements) {
    return value.accept(
        new SimpleAnnotationValueVisitor14<Object, Void>() {
          @Override
          protected Object defaultAction(Object plain, Void unused) {
            return plain;
          }

          @Override
          public Object visitEnumConstant(VariableElement constant, Void unused) {
            return Keys.kebabOfConstant(constant.getSimpleName().toString());
          }

          @Override
          public Object visitType(TypeMirror type, Void unused) {
            return type instanceof DeclaredType declared
                ? elements.getBinaryName((TypeElement) declared.asElement()).toString()
                : type.toString();
          }

          @Override
          public Object visitArray(List<? extends AnnotationValue> items, Void unused) {
            return items.stream().map(item -> item.accept(this, null)).toList();
          }
        },
        null);
  }
}
