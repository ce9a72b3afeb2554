package io.gild.weaver;

import org.jspecify.annotations.Nullable;

/**
 * Classes that are never inspected: those of the JDK, Gild, and other agents, and generated
 * proxies.
 */
public final class IgnoredClasses {

  /** The one class of the application's own copy of Gild that is woven: it looks for the agent. */
  static final String ATTACHMENT = "io/gild/core/Attachment";

  private static final String[] PREFIXES = {
    "java/",
    "javax/",
    "jdk/",
    "sun/",
    "com/sun/",
    "io/gild/annotations/",
    "io/gild/config/",
    "io/gild/core/",
    "io/gild/reliability/",
    "io/gild/cost/",
    "io/gild/routing/",
    "io/gild/observability/",
    "io/gild/evaluation/",
    "io/gild/javaagent/",
    "net/bytebuddy/",
    "org/gradle/internal/",
    "io/opentelemetry/javaagent/",
    "datadog/trace/",
    "co/elastic/apm/agent/",
    "com/newrelic/",
    "org/jacoco/",
  };

  private static final String[] LOADERS = {
    "io.opentelemetry.javaagent.",
    "datadog.trace.bootstrap.",
    "co.elastic.apm.agent.",
    "jdk.internal.reflect.",
    "sun.reflect.",
  };

  private final @Nullable ClassLoader own;
  private final ClassLoader platform;

  /**
   * Creates the rule.
   *
   * @param own the loader of the agent itself, unless it is the application's loader
   */
  public IgnoredClasses(@Nullable ClassLoader own) {
    this.own = own == ClassLoader.getSystemClassLoader() ? null : own;
    this.platform = ClassLoader.getPlatformClassLoader();
  }

  boolean ignores(@Nullable ClassLoader loader, @Nullable String internalName) {
    if (loader == null || internalName == null || loader == own || loader == platform) {
      return true;
    }
    for (String prefix : PREFIXES) {
      if (internalName.startsWith(prefix)) {
        return !internalName.equals(ATTACHMENT);
      }
    }
    if (internalName.indexOf('$') >= 0 && isGenerated(internalName)) {
      return true;
    }
    String loaderName = loader.getClass().getName();
    for (String prefix : LOADERS) {
      if (loaderName.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isGenerated(String name) {
    int simple = name.lastIndexOf('/') + 1;
    return name.startsWith("$Proxy", simple)
        || name.contains("$$Lambda")
        || name.contains("$$EnhancerBy")
        || name.contains("$$SpringCGLIB$$")
        || name.contains("$ByteBuddy$");
  }
}
