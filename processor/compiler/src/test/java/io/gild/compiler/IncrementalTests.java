package io.gild.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.annotation.processing.Filer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.lang.model.element.Element;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Properties that build tools rely on when they recompile single files. */
class IncrementalTests {

  private static final List<String> NAMES = List.of("One", "Two", "Three");

  @TempDir Path folder;
  private final List<String> originating = new ArrayList<>();

  @BeforeEach
  void writeAgentsAndTheirDependencies() throws IOException {
    for (String name : NAMES) {
      agent(name, "answer");
    }
    compile(stubs());
    compile(NAMES.stream().map(this::source).toList());
  }

  @Test
  void compilesOnlyTheAgentThatChanged() throws IOException {
    Map<String, String> before = outputs();

    agent("Two", "reply");
    compile(List.of(source("Two")));

    Map<String, String> after = outputs();
    assertThat(after.keySet()).isEqualTo(before.keySet());
    assertThat(after.keySet().stream().filter(file -> !after.get(file).equals(before.get(file))))
        .containsExactlyInAnyOrder(
            "META-INF/gild/agents/com.acme.Two.json",
            "com/acme/Two.class",
            "com/acme/Two_Gild.class",
            "com/acme/Two_Gild.java");
    assertThat(after.get("META-INF/gild/agents/com.acme.Two.json")).contains("\"reply\"");
  }

  @Test
  void writesTheSameFilesForAnUnchangedAgent() throws IOException {
    Map<String, String> before = outputs();

    compile(List.of(source("Three"), source("One")));

    assertThat(outputs()).isEqualTo(before);
  }

  @Test
  void writesTheSameFilesWithAndWithoutTracking() throws IOException {
    Map<String, String> tracked = outputs();
    originating.clear();

    Files.delete(output().resolve("META-INF/gild/agents/com.acme.Two.json"));
    compile(new GildProcessor(), List.of(source("Two")), "-encoding", "US-ASCII");

    assertThat(originating).isEmpty();
    assertThat(outputs()).isEqualTo(tracked);
    assertThat(output().resolve("META-INF/gild/agents/com.acme.Two.json"))
        .content(StandardCharsets.UTF_8)
        .contains("\"für Two\"");
  }

  @Test
  void namesOneOriginatingTypePerFile() {
    assertThat(originating)
        .containsExactlyInAnyOrder(
            "One_Gild from [com.acme.One]",
            "Two_Gild from [com.acme.Two]",
            "Three_Gild from [com.acme.Three]",
            "One.json from [com.acme.One]",
            "Two.json from [com.acme.Two]",
            "Three.json from [com.acme.Three]");
  }

  private void agent(String name, String method) throws IOException {
    Files.writeString(
        source(name),
        """
        package com.acme;
        import io.gild.annotations.*;
        @Agent(name = "a", description = "f\\u00fcr %1$s")
        public class %1$s {
          @Cached public String %2$s(String question) { return question; }
        }
        """
            .formatted(name, method));
  }

  private Path source(String name) {
    return folder.resolve(name + ".java");
  }

  private List<Path> stubs() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String stub : List.of("WrappedMethod", "AgentCall", "Governed")) {
      String text = AgentCompiler.resource("/stubs/" + stub + ".java");
      files.add(Files.writeString(folder.resolve(stub + ".java"), text));
    }
    return files;
  }

  private Path output() throws IOException {
    return Files.createDirectories(folder.resolve("classes"));
  }

  private void compile(List<Path> sources) throws IOException {
    compile(recorded(new GildProcessor()), sources);
  }

  private void compile(Processor processor, List<Path> sources, String... more) throws IOException {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    String classPath = output() + File.pathSeparator + System.getProperty("java.class.path");
    List<String> options = new ArrayList<>(List.of(more));
    options.addAll(List.of("-d", output().toString(), "-cp", classPath, "-parameters"));
    try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null)) {
      JavaCompiler.CompilationTask task =
          javac.getTask(
              null, files, null, options, null, files.getJavaFileObjectsFromPaths(sources));
      task.setProcessors(List.of(processor));
      assertThat(task.call()).isTrue();
    }
  }

  private Map<String, String> outputs() throws IOException {
    Map<String, String> outputs = new TreeMap<>();
    try (Stream<Path> files = Files.walk(output())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = output().relativize(file).toString().replace(File.separatorChar, '/');
        if (!name.startsWith("io/")) {
          outputs.put(name, new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        }
      }
    }
    return outputs;
  }

  /** Wraps the filer of a processor. */
  private Processor recorded(Processor processor) {
    return proxy(
        Processor.class,
        (self, method, arguments) -> {
          if (method.getName().equals("init")) {
            ProcessingEnvironment environment = (ProcessingEnvironment) arguments[0];
            processor.init(recording(environment));
            return null;
          }
          return method.invoke(processor, arguments);
        });
  }

  private ProcessingEnvironment recording(ProcessingEnvironment environment) {
    Filer filer =
        proxy(
            Filer.class,
            (self, method, arguments) -> {
              if (method.getName().startsWith("create")) {
                String path = arguments[arguments.length - 2].toString();
                String name = path.substring(path.lastIndexOf("acme.") + "acme.".length());
                Element[] elements = (Element[]) arguments[arguments.length - 1];
                originating.add(name + " from " + Arrays.toString(elements));
              }
              return method.invoke(environment.getFiler(), arguments);
            });
    return proxy(
        ProcessingEnvironment.class,
        (self, method, arguments) ->
            method.getName().equals("getFiler") ? filer : method.invoke(environment, arguments));
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    InvocationHandler unwrapping =
        (self, method, arguments) -> {
          try {
            return handler.invoke(self, method, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return type.cast(
        Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, unwrapping));
  }
}
