package io.gild.maven;

import static org.objectweb.asm.Opcodes.ACC_ABSTRACT;
import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_PRIVATE;
import static org.objectweb.asm.Opcodes.ACC_PROTECTED;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ACC_STATIC;
import static org.objectweb.asm.Opcodes.ACC_SYNCHRONIZED;
import static org.objectweb.asm.Opcodes.ACC_SYNTHETIC;

import io.gild.golden.DeclaredAgent.DeclaredMethod;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Moves the body of a method into a private one beside it and replaces it with code that passes the
 * call through the pipeline.
 *
 * <p>Given {@code String answer(String question) {...}}, the class then contains
 *
 * <pre>{@code
 * @Woven String answer(String question) { governs answer$gild }
 * private String answer$gild(String question) {...}
 * private static Object answer$gild$run3(Desk self, Object[] arguments) { calls answer$gild }
 * }</pre>
 */
final class MethodWeaver {

  private final ClassNode type;
  private final MethodNode method;
  private final DeclaredMethod governed;

  MethodWeaver(ClassNode type, MethodNode method, DeclaredMethod governed) {
    this.type = type;
    this.method = method;
    this.governed = governed;
  }

  void weave() {
    String name = method.name;
    MethodNode outer = outer();
    method.name = name + "$gild";
    method.access =
        method.access & ~(ACC_PUBLIC | ACC_PROTECTED | ACC_FINAL) | ACC_PRIVATE | ACC_SYNTHETIC;
    String runner = name + "$gild$run" + type.methods.size();
    GovernedCode code =
        new GovernedCode(type.name, name, method, runner, governed, !isOverridable(outer));
    code.writeTo(outer);
    type.methods.add(type.methods.indexOf(method), outer);
    type.methods.add(code.runner());
  }

  /** Copies everything that callers and reflection see; the lock stays with the body. */
  private MethodNode outer() {
    MethodNode outer =
        new MethodNode(
            method.access & ~ACC_SYNCHRONIZED,
            method.name,
            method.desc,
            method.signature,
            method.exceptions.toArray(String[]::new));
    outer.parameters = method.parameters;
    outer.visibleAnnotations = method.visibleAnnotations;
    outer.invisibleAnnotations = method.invisibleAnnotations;
    outer.visibleTypeAnnotations = method.visibleTypeAnnotations;
    outer.invisibleTypeAnnotations = method.invisibleTypeAnnotations;
    outer.visibleParameterAnnotations = method.visibleParameterAnnotations;
    outer.invisibleParameterAnnotations = method.invisibleParameterAnnotations;
    outer.visibleAnnotableParameterCount = method.visibleAnnotableParameterCount;
    outer.invisibleAnnotableParameterCount = method.invisibleAnnotableParameterCount;
    method.visibleAnnotations = null;
    method.invisibleAnnotations = null;
    method.visibleTypeAnnotations = null;
    method.invisibleTypeAnnotations = null;
    method.visibleParameterAnnotations = null;
    method.invisibleParameterAnnotations = null;
    mark(outer);
    return outer;
  }

  private static void mark(MethodNode outer) {
    List<AnnotationNode> annotations = new ArrayList<>();
    if (outer.visibleAnnotations != null) {
      annotations.addAll(outer.visibleAnnotations);
    }
    annotations.add(new AnnotationNode(Weaving.MARK));
    outer.visibleAnnotations = annotations;
  }

  /** Returns whether a wrapper, which is a subclass, already governs calls of the method. */
  private boolean isOverridable(MethodNode outer) {
    return (outer.access & (ACC_STATIC | ACC_PRIVATE | ACC_FINAL | ACC_ABSTRACT)) == 0
        && (type.access & ACC_FINAL) == 0;
  }
}
