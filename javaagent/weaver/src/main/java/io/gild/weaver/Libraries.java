package io.gild.weaver;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All libraries that Gild knows, as one. */
final class Libraries implements Library {

  private final Library[] libraries;

  Libraries(Library... libraries) {
    this.libraries = libraries;
  }

  static Libraries all(LazyRuntime runtime, ProxiedMethods proxied) {
    return new Libraries(
        new LangChain4j(runtime, proxied),
        new GeneratedClients(runtime),
        new SpringAi(runtime),
        new GoogleGenAi(runtime),
        new Adk(runtime),
        new Bedrock(runtime),
        new Wrappers(runtime),
        new StreamEnds());
  }

  @Override
  public Set<String> classes() {
    Set<String> classes = new HashSet<>();
    for (Library library : libraries) {
      classes.addAll(library.classes());
    }
    return classes;
  }

  @Override
  public Set<String> supertypes() {
    Set<String> supertypes = new HashSet<>();
    for (Library library : libraries) {
      supertypes.addAll(library.supertypes());
    }
    return supertypes;
  }

  @Override
  public @Nullable JoinPoint joinPoint(ClassShape shape, ClassShape.Method method) {
    for (Library library : libraries) {
      JoinPoint joinPoint = library.joinPoint(shape, method);
      if (joinPoint != null) {
        return joinPoint;
      }
    }
    return null;
  }
}
