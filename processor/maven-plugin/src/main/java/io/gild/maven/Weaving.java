package io.gild.maven;

import io.gild.golden.DeclaredAgent;
import io.gild.golden.DeclaredAgent.DeclaredMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** Weaves the class files of a folder; methods that are already woven stay unchanged. */
final class Weaving {

  static final String MARK = "Lio/gild/annotations/Woven;";

  /** Class files before Java 11 cannot contain dynamic constants. */
  private static final int OLDEST = Opcodes.V11;

  private final Path classes;

  /**
   * @param classes the folder
   */
  Weaving(Path classes) {
    this.classes = classes;
  }

  /**
   * Weaves the governed methods that have a body.
   *
   * @return the methods woven now, such as {@code com.acme.Desk#answer}
   * @throws IllegalArgumentException if a class file is missing or too old
   */
  List<String> weave(List<DeclaredAgent> agents) throws IOException {
    List<String> woven = new ArrayList<>();
    for (DeclaredAgent agent : agents) {
      woven.addAll(weave(agent));
    }
    return woven;
  }

  /**
   * Returns the methods that only weaving governs, and that are not woven.
   *
   * @return the methods, such as {@code com.acme.Desk#answer}
   */
  List<String> unwoven(List<DeclaredAgent> agents) throws IOException {
    List<String> unwoven = new ArrayList<>();
    for (DeclaredAgent agent : agents) {
      if (agent.methods().stream().noneMatch(DeclaredMethod::woven)) {
        continue;
      }
      for (MethodNode method : read(agent).methods) {
        DeclaredMethod governed = find(agent, method);
        if (governed != null && governed.woven() && isToWeave(method)) {
          unwoven.add(agent.type() + "#" + governed.name());
        }
      }
    }
    return unwoven;
  }

  private Path file(DeclaredAgent agent) {
    Path file = classes.resolve(agent.type().replace('.', '/') + ".class");
    if (!Files.exists(file)) {
      throw new IllegalArgumentException(
          "%s is in the registry, but %s does not exist. Run mvn clean."
              .formatted(agent.type(), file));
    }
    return file;
  }

  private ClassNode read(DeclaredAgent agent) throws IOException {
    ClassNode type = new ClassNode();
    new ClassReader(Files.readAllBytes(file(agent))).accept(type, 0);
    return type;
  }

  private List<String> weave(DeclaredAgent agent) throws IOException {
    Path file = file(agent);
    ClassNode type = read(agent);
    if ((type.access & Opcodes.ACC_INTERFACE) != 0) {
      return List.of();
    }
    List<String> woven = new ArrayList<>();
    for (MethodNode method : List.copyOf(type.methods)) {
      DeclaredMethod governed = find(agent, method);
      if (governed != null && isToWeave(method)) {
        requireDynamicConstants(type, agent);
        new MethodWeaver(type, method, governed).weave();
        woven.add(agent.type() + "#" + governed.name());
      }
    }
    if (!woven.isEmpty()) {
      write(type, file);
    }
    return woven;
  }

  private static @Nullable DeclaredMethod find(DeclaredAgent agent, MethodNode method) {
    for (DeclaredMethod each : agent.methods()) {
      if (each.name().equals(method.name) && each.descriptor().equals(method.desc)) {
        return each;
      }
    }
    return null;
  }

  private static boolean isToWeave(MethodNode method) {
    boolean hasBody = (method.access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) == 0;
    List<AnnotationNode> annotations = method.visibleAnnotations;
    return hasBody
        && (annotations == null || annotations.stream().noneMatch(each -> each.desc.equals(MARK)));
  }

  private static void requireDynamicConstants(ClassNode type, DeclaredAgent agent) {
    int version = type.version & 0xFFFF;
    if (version < OLDEST) {
      throw new IllegalArgumentException(
          "%s is compiled for Java %d. Set maven.compiler.release to 11 or later, or attach the javaagent."
              .formatted(agent.type(), version - Opcodes.V1_8 + 8));
    }
  }

  /** Replaces the file in one step, so that an aborted build leaves a complete file. */
  private static void write(ClassNode type, Path file) throws IOException {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    type.accept(writer);
    Path whole = Files.createTempFile(file.getParent(), "gild", ".tmp");
    Files.write(whole, writer.toByteArray());
    Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
