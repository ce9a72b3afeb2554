package io.gild.compiler;

import static com.google.testing.compile.Compiler.javac;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;

/** Compiles agents with the processor, beside stand-ins of the run-time modules. */
final class AgentCompiler {

  private static final Pattern PACKAGE = Pattern.compile("package ([\\w.]+);");
  private static final Pattern TYPE =
      Pattern.compile(
          "(?m)^(?:.*; )?(?:@\\w+ )?(?:[\\w ]+ )?(?:class|@?interface|record|enum) (\\w+)");

  private final List<String> stubs =
      new ArrayList<>(List.of("WrappedMethod", "AgentCall", "Governed", "Validator"));
  private final List<Object> options = new ArrayList<>(List.of("-parameters"));
  private final List<Processor> processors = new ArrayList<>(List.of(new GildProcessor()));

  private List<File> classPath;

  AgentCompiler without(String... names) {
    stubs.removeAll(List.of(names));
    return this;
  }

  /** Compiles where no module of the run time is on the class path. */
  AgentCompiler withoutModules() {
    classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("runtime" + File.separator))
            .filter(entry -> !entry.matches(".*gild-(core|reliability|cost|observability).*"))
            .map(File::new)
            .toList();
    return this;
  }

  AgentCompiler options(String... more) {
    options.addAll(List.of(more));
    return this;
  }

  /** Compiles with these processors instead of Gild's. */
  AgentCompiler processors(Processor... others) {
    processors.clear();
    processors.addAll(List.of(others));
    return this;
  }

  /** Compiles with the plugin instead of the processor. */
  AgentCompiler plugin(Path classes, String... arguments) {
    processors.clear();
    return options(
        "-Xplugin:Gild classes=" + classes + " " + String.join(" ", arguments), "-proc:none");
  }

  Compilation compile(String... sources) {
    List<JavaFileObject> files = new ArrayList<>();
    for (String source : sources) {
      files.add(JavaFileObjects.forSourceString(name(source), source));
    }
    for (String stub : stubs) {
      String text = resource("/stubs/" + stub + ".java");
      files.add(JavaFileObjects.forSourceString(name(text), text));
    }
    Compiler javac = javac().withProcessors(processors).withOptions(options);
    return (classPath == null ? javac : javac.withClasspath(classPath)).compile(files);
  }

  /** Puts methods into a class named SupportAgent. */
  static String agent(String methods) {
    return "package com.acme;\n\nimport io.gild.annotations.*;\nimport java.util.*;\n\npublic class SupportAgent {\n"
        + methods
        + "}\n";
  }

  static String generatedSource(Compilation compilation, String name) {
    return content(
        compilation
            .generatedSourceFile(name)
            .orElseThrow(() -> new AssertionError(compilation.generatedFiles().toString())));
  }

  static String registry(Compilation compilation, String type) {
    return file(compilation, "META-INF/gild/agents/" + type + ".json");
  }

  static String file(Compilation compilation, String path) {
    return content(
        compilation
            .generatedFile(StandardLocation.CLASS_OUTPUT, path)
            .orElseThrow(() -> new AssertionError(compilation.generatedFiles().toString())));
  }

  /** Loads the classes of a compilation. */
  static ClassLoader load(Compilation compilation) {
    Map<String, byte[]> classes = new LinkedHashMap<>();
    for (JavaFileObject file : compilation.generatedFiles()) {
      if (file.getKind() == JavaFileObject.Kind.CLASS) {
        try (InputStream in = file.openInputStream()) {
          String path = file.getName();
          String name =
              path.substring("/CLASS_OUTPUT/".length(), path.length() - ".class".length());
          classes.put(name.replace('/', '.'), in.readAllBytes());
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return new ClassLoader(AgentCompiler.class.getClassLoader()) {
      /** Stand-ins come before the classes that they replace. */
      @Override
      protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
          if (classes.containsKey(name)) {
            Class<?> known = findLoadedClass(name);
            return known == null ? findClass(name) : known;
          }
        }
        return super.loadClass(name, resolve);
      }

      @Override
      protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = classes.get(name);
        if (bytes == null) {
          throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
      }
    };
  }

  /** Writes the class files and resources of a compilation into a folder. */
  static void save(Compilation compilation, Path folder) throws IOException {
    for (JavaFileObject file : compilation.generatedFiles()) {
      String path = file.getName();
      if (path.startsWith("/CLASS_OUTPUT/")) {
        Path target = folder.resolve(path.substring("/CLASS_OUTPUT/".length()));
        Files.createDirectories(target.getParent());
        try (InputStream in = file.openInputStream()) {
          Files.write(target, in.readAllBytes());
        }
      }
    }
  }

  static String resource(String path) {
    try (InputStream in = AgentCompiler.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new AssertionError("no resource " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String content(JavaFileObject file) {
    try {
      return file.getCharContent(true).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(String source) {
    Matcher packageName = PACKAGE.matcher(source);
    Matcher typeName = TYPE.matcher(source);
    if (!packageName.find() || !typeName.find()) {
      throw new AssertionError(source);
    }
    return packageName.group(1) + "." + typeName.group(1);
  }
}
