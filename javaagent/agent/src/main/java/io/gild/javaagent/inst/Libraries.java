package io.gild.javaagent.inst;

import io.gild.weaver.ClassShape;
import io.gild.weaver.Wrappers;
import io.gild.weaver.spi.HttpClientProvider;
import io.gild.weaver.spi.JoinPoint;
import io.gild.weaver.spi.Library;
import io.gild.weaver.spi.LibraryContext;
import io.gild.weaver.spi.LibraryProvider;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Several libraries as one. */
final class Libraries implements Library {

  private static final ClassLoader OWN = Libraries.class.getClassLoader();

  private final Library[] libraries;

  Libraries(Library... libraries) {
    this.libraries = libraries;
  }

  /** Returns what is woven from the start: the model libraries, and Gild's own wrappers. */
  static Libraries models(LibraryContext context) {
    List<Library> found = new ArrayList<>();
    for (LibraryProvider provider : ServiceLoader.load(LibraryProvider.class, OWN)) {
      found.add(provider.create(context));
    }
    found.add(new Wrappers(context.runtime()));
    return new Libraries(found.toArray(new Library[0]));
  }

  /** Returns the HTTP clients. */
  static Libraries clients(LibraryContext context) {
    List<Library> found = new ArrayList<>();
    for (HttpClientProvider provider : ServiceLoader.load(HttpClientProvider.class, OWN)) {
      found.add(provider.create(context));
    }
    return new Libraries(found.toArray(new Library[0]));
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
