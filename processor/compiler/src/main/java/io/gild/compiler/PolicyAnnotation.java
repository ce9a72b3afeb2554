package io.gild.compiler;

import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.TypeElement;

/**
 * An annotation on a method that declares a policy; the {@code Policy} on its type defines which.
 *
 * @param key key of the policy in configuration and registry
 * @param artifact {@code groupId:artifactId} of the artifact that enforces it
 * @param type binary name of the policy's record; if it is found, the artifact is present
 * @param mirror the annotation itself
 */
record PolicyAnnotation(String key, String artifact, String type, Mirror mirror) {

  private static final String POLICY = Names.ANNOTATIONS + "Policy";

  /** Returns whether an annotation type is Gild's, or declares policies. */
  static boolean governs(TypeElement annotation) {
    return annotation.getQualifiedName().toString().startsWith(Names.ANNOTATIONS)
        || Mirror.of(annotation, POLICY).isPresent();
  }

  /** Reads an annotation; empty if it declares no policy. */
  static Optional<PolicyAnnotation> of(AnnotationMirror annotation) {
    return Mirror.of(annotation.getAnnotationType().asElement(), POLICY)
        .map(policy ->
            new PolicyAnnotation(
                policy.text("key"),
                policy.text("artifact"),
                policy.text("type"),
                new Mirror(annotation)));
  }
}
