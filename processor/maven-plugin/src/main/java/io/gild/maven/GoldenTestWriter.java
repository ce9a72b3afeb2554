package io.gild.maven;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import io.gild.golden.DeclaredAgent;
import io.gild.golden.GoldenSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import javax.lang.model.SourceVersion;

/** Writes the golden tasks of an agent as an ordinary Jupiter class. */
final class GoldenTestWriter {

  private static final ClassName TEST = ClassName.get("org.junit.jupiter.api", "Test");
  private static final ClassName TAG = ClassName.get("org.junit.jupiter.api", "Tag");
  private static final ClassName DISPLAY_NAME =
      ClassName.get("org.junit.jupiter.api", "DisplayName");
  private static final ClassName GOLDEN_TESTS = ClassName.get("io.gild.evaluation", "GoldenTests");

  /** Methods of Object without parameters, whose names no test can have. */
  private static final Set<String> OF_OBJECT =
      Set.of(
          "clone", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait");

  private GoldenTestWriter() {}

  static void write(GoldenSet set, Path folder) throws IOException {
    DeclaredAgent agent = set.agent();
    ClassName name = nameOf(agent);
    TypeSpec.Builder test =
        TypeSpec.classBuilder(name)
            .addJavadoc(
                "Golden tasks of agent $L, as declared by $L.\n", agent.name(), agent.type());
    Set<String> taken = new HashSet<>();
    for (GoldenSet.Task task : set.tasks()) {
      test.addMethod(method(agent, task, identifier(task.spec().id(), taken)));
    }
    JavaFile file =
        JavaFile.builder(name.packageName(), test.build()).skipJavaLangImports(true).build();
    Path target = folder.resolve(name.reflectionName().replace('.', '/') + ".java");
    Files.createDirectories(target.getParent());
    Files.writeString(target, ascii(file.toString()), StandardCharsets.US_ASCII);
  }

  /** Escapes non-ASCII letters, so that javac reads them in every source encoding. */
  private static String ascii(String source) {
    StringBuilder text = new StringBuilder(source.length());
    for (int i = 0; i < source.length(); i++) {
      char c = source.charAt(i);
      text.append(c < 0x80 ? String.valueOf(c) : "\\u%04x".formatted((int) c));
    }
    return text.toString();
  }

  /** Returns the test's name: that of the agent's class, with those around it, and GoldenTest. */
  static ClassName nameOf(DeclaredAgent agent) {
    int dot = agent.type().lastIndexOf('.');
    String simpleName = agent.type().substring(dot + 1).replace('$', '_');
    return ClassName.get(dot < 0 ? "" : agent.type().substring(0, dot), simpleName + "GoldenTest");
  }

  private static MethodSpec method(DeclaredAgent agent, GoldenSet.Task task, String name) {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder(name)
            .addAnnotation(TEST)
            .addAnnotation(annotation(DISPLAY_NAME, task.spec().id()));
    task.spec().tags().forEach(tag -> method.addAnnotation(annotation(TAG, tag)));
    return method
        .addStatement(
            "$T.run($S,$W$S,$W$S,$W$S)",
            GOLDEN_TESTS,
            agent.type(),
            task.method().name(),
            task.method().descriptor(),
            task.spec().id())
        .build();
  }

  private static AnnotationSpec annotation(ClassName type, String value) {
    return AnnotationSpec.builder(type).addMember("value", "$S", value).build();
  }

  /** Turns {@code refund-policy} into {@code refund_policy}. */
  static String identifier(String id, Set<String> taken) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      name.append(Character.isJavaIdentifierPart(c) ? c : '_');
    }
    if (!Character.isJavaIdentifierStart(name.charAt(0))) {
      name.insert(0, '_');
    }
    if (!SourceVersion.isName(name) || OF_OBJECT.contains(name.toString())) {
      name.append('_');
    }
    String unique = name.toString();
    for (int i = 2; !taken.add(unique); i++) {
      unique = name + "_" + i;
    }
    return unique;
  }
}
