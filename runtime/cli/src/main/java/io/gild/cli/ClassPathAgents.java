package io.gild.cli;

import io.gild.config.Suggestions;
import io.gild.golden.DeclaredAgent;
import io.gild.golden.DeclaredAgent.DeclaredMethod;
import io.gild.golden.DeclaredAgent.DeclaredParameter;
import io.gild.golden.GoldenSet;
import io.gild.golden.GoldenSources;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/** Finds agents in a class path without running any code of it. */
final class ClassPathAgents {

  private ClassPathAgents() {}

  /** Returns the agents that Gild's processor registered; each class appears once. */
  static List<DeclaredAgent> declared(List<Path> entries) throws IOException {
    List<DeclaredAgent> agents = new ArrayList<>();
    for (Path entry : entries) {
      if (Files.isDirectory(entry)) {
        agents.addAll(DeclaredAgent.readAll(entry));
      } else if (Files.isRegularFile(entry)) {
        addJar(entry, agents);
      }
    }
    // As the JVM does, take the first of several classes of one name.
    Map<String, DeclaredAgent> byType = new LinkedHashMap<>();
    agents.forEach(agent -> byType.putIfAbsent(agent.type(), agent));
    return List.copyOf(byType.values());
  }

  private static void addJar(Path file, List<DeclaredAgent> agents) throws IOException {
    try (JarFile jar = new JarFile(file.toFile())) {
      Enumeration<JarEntry> entries = jar.entries();
      while (entries.hasMoreElements()) {
        JarEntry entry = entries.nextElement();
        if (entry.getName().startsWith(DeclaredAgent.FOLDER) && entry.getName().endsWith(".json")) {
          agents.add(DeclaredAgent.read(file + "!" + entry.getName(), text(jar, entry)));
        }
      }
    }
  }

  /** Finds a file in a class path. */
  static GoldenSet.@Nullable Source resource(List<Path> entries, String path) throws IOException {
    for (Path entry : entries) {
      Path file = entry.resolve(path);
      if (Files.isDirectory(entry) && Files.isRegularFile(file)) {
        return new GoldenSet.Source(
            file.toString(), GoldenSources.text(file.toString(), Files.readAllBytes(file)));
      }
      if (Files.isRegularFile(entry)) {
        try (JarFile jar = new JarFile(entry.toFile())) {
          JarEntry found = jar.getJarEntry(path);
          if (found != null) {
            return new GoldenSet.Source(entry + "!" + path, text(jar, found));
          }
        }
      }
    }
    return null;
  }

  private static String text(JarFile jar, JarEntry entry) throws IOException {
    try (InputStream stream = jar.getInputStream(entry)) {
      return GoldenSources.text(jar.getName() + "!" + entry.getName(), stream.readAllBytes());
    }
  }

  /**
   * Describes an agent that was not compiled with Gild's processor.
   *
   * @param named such as {@code com.acme.Desk#answer}
   * @param name its name, or {@code null} for that of its class
   * @param tasks the file of its tasks
   * @throws IllegalArgumentException if there is no such method, with the most similar valid name
   */
  static DeclaredAgent undeclared(
      List<Path> entries, String named, @Nullable String name, String tasks) throws IOException {
    int hash = named.indexOf('#');
    if (hash <= 0 || hash == named.length() - 1) {
      throw new IllegalArgumentException(
          "--agent must be CLASS#METHOD, such as com.acme.Desk#answer, but is \"" + named + "\"");
    }
    String className = named.substring(0, hash);
    List<URL> urls = new ArrayList<>();
    for (Path entry : entries) {
      urls.add(entry.toUri().toURL());
    }
    try (URLClassLoader loader =
        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      Class<?> type = Class.forName(className, false, loader);
      Method method = method(type, named.substring(hash + 1));
      return new DeclaredAgent(
          name == null ? type.getSimpleName() : name,
          "",
          "",
          className,
          null,
          List.of(declared(method, tasks)));
    } catch (ClassNotFoundException | LinkageError missing) {
      throw new IllegalArgumentException(
          "class " + className + " cannot be loaded from the class path: " + missing.getMessage());
    }
  }

  private static Method method(Class<?> type, String name) {
    List<Method> methods =
        Arrays.stream(type.getDeclaredMethods())
            .filter(method -> !method.isSynthetic() && !Modifier.isStatic(method.getModifiers()))
            .toList();
    List<Method> found = methods.stream().filter(each -> each.getName().equals(name)).toList();
    if (found.isEmpty()) {
      List<String> names = methods.stream().map(Method::getName).distinct().sorted().toList();
      String hint = Suggestions.didYouMean(name, names);
      throw new IllegalArgumentException(
          "class "
              + type.getName()
              + " has no method "
              + name
              + "."
              + (hint.isEmpty() ? " It has " + String.join(", ", names) + "." : hint));
    }
    if (found.size() > 1) {
      throw new IllegalArgumentException(
          "class "
              + type.getName()
              + " has "
              + found.size()
              + " methods "
              + name
              + "; an overloaded method needs annotations");
    }
    return found.get(0);
  }

  private static DeclaredMethod declared(Method method, String tasks) {
    List<DeclaredParameter> parameters = new ArrayList<>();
    for (Parameter parameter : method.getParameters()) {
      parameters.add(
          new DeclaredParameter(parameter.getName(), parameter.getType().getName(), "none"));
    }
    String descriptor =
        MethodType.methodType(method.getReturnType(), method.getParameterTypes())
            .toMethodDescriptorString();
    return new DeclaredMethod(
        method.getName(), descriptor, parameters, List.of(Map.of("file", tasks)));
  }
}
