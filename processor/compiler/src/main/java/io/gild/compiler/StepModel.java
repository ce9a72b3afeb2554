package io.gild.compiler;

import javax.lang.model.element.AnnotationValue;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/**
 * A step of a workflow.
 *
 * @param name its name; empty if it is unknown after a mistake
 * @param value its annotation, as the place of messages
 * @param input what it takes: void for nothing, {@code null} if unknown
 * @param output what it passes on: void for nothing, {@code null} if unknown
 */
record StepModel(
    String name, AnnotationValue value, @Nullable TypeMirror input, @Nullable TypeMirror output) {}
