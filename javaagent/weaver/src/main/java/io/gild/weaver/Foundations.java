package io.gild.weaver;

import java.lang.instrument.Instrumentation;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What lies under agents and model libraries, mostly in the JDK: HTTP clients and thread pools.
 *
 * <p>Nearly every application has these, so nothing of them is woven, or looked at but for its
 * name, until the first governed call begins.
 */
final class Foundations implements Library {

  private final LazyRuntime runtime;
  private final CarriedCalls calls;
  private volatile Libraries libraries = new Libraries();
  private volatile Set<String> wanted = Set.of();

  /**
   * Creates them.
   *
   * @param runtime counts requests
   * @param calls takes the calls of tasks that wait
   */
  Foundations(LazyRuntime runtime, CarriedCalls calls) {
    this.runtime = runtime;
    this.calls = calls;
  }

  /** Tells whether a class is to be woven now. */
  boolean wants(String internalName) {
    return wanted.contains(internalName);
  }

  /**
   * Begins to want the classes, and opens to this module what they are read by.
   *
   * @param instrumentation the JVM's
   * @param carrying whether calls follow their tasks to thread pools
   * @return binary names of the classes
   */
  Set<String> activate(Instrumentation instrumentation, boolean carrying) {
    Libraries all = all(carrying);
    libraries = all;
    Set<String> names = all.classes();
    OpenPackages.open(instrumentation, "java.base", "sun.net.www", "sun.net.www.http");
    OpenPackages.open(
        instrumentation,
        "java.base",
        "java.util",
        "java.util.concurrent",
        "java.util.concurrent.locks");
    OpenPackages.open(instrumentation, "java.net.http", "jdk.internal.net.http");
    wanted = names;
    Set<String> binary = new HashSet<>();
    for (String name : names) {
      binary.add(name.replace('/', '.'));
    }
    return binary;
  }

  private Libraries all(boolean carrying) {
    HttpRequests requests = new HttpRequests(runtime);
    Libraries clients =
        new Libraries(
            new JdkHttpClient(requests),
            new JdkUrlConnection(requests),
            new OkHttp(requests),
            new ApacheHttpClient(requests),
            new ApacheAsyncClient(requests),
            new ReactorNetty(requests),
            new AwsNetty(requests));
    return carrying ? new Libraries(clients, new Pools(calls)) : clients;
  }

  @Override
  public Set<String> classes() {
    return wanted;
  }

  @Override
  public Set<String> supertypes() {
    return Set.of();
  }

  @Override
  public @Nullable JoinPoint joinPoint(ClassShape shape, ClassShape.Method method) {
    return wanted.contains(shape.name().replace('.', '/'))
        ? libraries.joinPoint(shape, method)
        : null;
  }
}
