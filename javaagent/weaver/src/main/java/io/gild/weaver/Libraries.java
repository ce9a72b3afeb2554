package io.gild.weaver;

import io.gild.weaver.spi.JoinPoint;
import io.gild.weaver.spi.Library;
import io.gild.weaver.spi.LibraryContext;
import io.gild.weaver.spi.LibraryProvider;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The libraries of some providers, each made when the first of its classes is woven; thread-safe.
 */
public final class Libraries {

  private final List<Entry> entries = new ArrayList<>();
  private final Set<String> classes = new HashSet<>();
  private final Set<String> supertypes = new HashSet<>();

  /**
   * Creates the libraries.
   *
   * @param context the agent that weaves them
   * @param providers make them; the first that weaves a method decides
   */
  public Libraries(LibraryContext context, List<? extends LibraryProvider> providers) {
    for (LibraryProvider provider : providers) {
      Entry entry = new Entry(context, provider);
      entries.add(entry);
      classes.addAll(entry.classes);
      supertypes.addAll(entry.supertypes);
    }
  }

  /** Makes all libraries now. */
  public void create() {
    for (Entry entry : entries) {
      entry.library();
    }
  }

  /** Returns the internal names of types with woven methods. */
  public Set<String> classes() {
    return classes;
  }

  /** Returns the internal names of types whose direct subtypes have woven methods. */
  public Set<String> supertypes() {
    return supertypes;
  }

  /** Returns the join point of a method, or {@code null} if it is not woven. */
  public @Nullable JoinPoint joinPoint(ClassShape shape, ClassShape.Method method) {
    for (Entry entry : entries) {
      JoinPoint joinPoint = entry.knows(shape) ? entry.library().joinPoint(shape, method) : null;
      if (joinPoint != null) {
        return joinPoint;
      }
    }
    return null;
  }

  /** A library that may not exist yet. */
  private static final class Entry {

    private final LibraryContext context;
    private final LibraryProvider provider;
    private final Set<String> classes;
    private final Set<String> supertypes;
    private @Nullable Library library;

    Entry(LibraryContext context, LibraryProvider provider) {
      this.context = context;
      this.provider = provider;
      this.classes = provider.classes();
      this.supertypes = provider.supertypes();
    }

    boolean knows(ClassShape shape) {
      if (classes.contains(shape.name().replace('.', '/'))) {
        return true;
      }
      for (String supertype : shape.supertypes()) {
        if (supertypes.contains(supertype)) {
          return true;
        }
      }
      return false;
    }

    synchronized Library library() {
      Library made = library;
      if (made == null) {
        made = provider.create(context);
        library = made;
      }
      return made;
    }
  }
}
