package io.gild.javaagent.inst;

import io.gild.weaver.CarriedCalls;
import io.gild.weaver.ClassShape;
import io.gild.weaver.Libraries;
import io.gild.weaver.Pools;
import io.gild.weaver.spi.DeferredLibrary;
import io.gild.weaver.spi.HttpClientProvider;
import io.gild.weaver.spi.JoinPoint;
import io.gild.weaver.spi.LibraryContext;
import io.gild.weaver.spi.LibraryProvider;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * HTTP clients and thread pools, which agents and model libraries use and which are mostly in the
 * JDK.
 *
 * <p>Nearly every application has these, so none of them is woven until the first governed call
 * begins; until then only the names of classes are checked.
 */
final class HttpClientsAndPools implements DeferredLibrary {

  private final LibraryContext context;
  private final CarriedCalls calls;
  private volatile @Nullable Libraries libraries;
  private volatile Set<String> wanted = Set.of();

  /**
   * Creates them.
   *
   * @param context the agent
   * @param calls stores the calls of waiting tasks
   */
  HttpClientsAndPools(LibraryContext context, CarriedCalls calls) {
    this.context = context;
    this.calls = calls;
  }

  @Override
  public boolean wants(String internalName) {
    return wanted.contains(internalName);
  }

  /**
   * Enables the weaving of the classes, and opens the packages that this module reads.
   *
   * @param carrying whether calls follow their tasks to thread pools
   * @return binary names of the classes
   */
  Set<String> activate(boolean carrying) {
    context.open("java.base", "java.util", "java.util.concurrent", "java.util.concurrent.locks");
    List<LibraryProvider> providers = new ArrayList<>();
    ServiceLoader.load(HttpClientProvider.class, HttpClientsAndPools.class.getClassLoader())
        .forEach(providers::add);
    if (carrying) {
      providers.add(new Pools.Provider(calls));
    }
    Libraries all = new Libraries(context, providers);
    all.create();
    Set<String> names = all.classes();
    libraries = all;
    wanted = names;
    Set<String> binary = new HashSet<>();
    for (String name : names) {
      binary.add(name.replace('/', '.'));
    }
    return binary;
  }

  @Override
  public @Nullable JoinPoint joinPoint(ClassShape shape, ClassShape.Method method) {
    Libraries known = libraries;
    return known == null ? null : known.joinPoint(shape, method);
  }
}
