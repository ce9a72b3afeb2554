package io.gild.compiler;

import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/**
 * An annotation on a method or a parameter that declares a policy; the {@code Policy} on its type
 * defines which.
 *
 * @param key key of the policy in configuration and registry
 * @param artifact {@code groupId:artifactId} of the artifact that enforces it
 * @param type binary name of the policy's record; if it is found, the artifact is present
 * @param mirror the annotation itself
 * @param element what is annotated: a method or a parameter
 */
record PolicyAnnotation(String key, String artifact, String type, Mirror mirror, Element element) {

  private static final String POLICY = Names.ANNOTATIONS + "Policy";

  /** The annotations of methods that describe workflows and govern nothing. */
  static final Set<String> PATTERNS =
      Set.of("Pipeline", "Parallel", "Voting", "Supervised", "HandOffs", "Repeated");

  /** Returns whether an annotation of a method makes it a governed one. */
  static boolean governsMethods(TypeElement annotation) {
    String name = annotation.getQualifiedName().toString();
    return governs(annotation)
        && !(name.startsWith(Names.ANNOTATIONS)
            && PATTERNS.contains(name.substring(Names.ANNOTATIONS.length())));
  }

  /** Returns whether an annotation type is Gild's, or declares policies. */
  static boolean governs(TypeElement annotation) {
    return annotation.getQualifiedName().toString().startsWith(Names.ANNOTATIONS)
        || Mirror.of(annotation, POLICY).isPresent();
  }

  /** Reads an annotation of an element; empty if it declares no policy. */
  static Optional<PolicyAnnotation> of(AnnotationMirror annotation, Element element) {
    return Mirror.of(annotation.getAnnotationType().asElement(), POLICY)
        .map(policy ->
            new PolicyAnnotation(
                policy.text("key"),
                policy.text("artifact"),
                policy.text("type"),
                new Mirror(annotation),
                element));
  }
}
