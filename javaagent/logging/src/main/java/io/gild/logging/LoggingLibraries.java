package io.gild.logging;

import com.google.auto.service.AutoService;
import io.gild.core.GildRuntime;
import io.gild.observability.LogContextSettings;
import io.gild.weaver.ClassShape;
import io.gild.weaver.spi.HttpClientProvider;
import io.gild.weaver.spi.JoinPoint;
import io.gild.weaver.spi.Library;
import io.gild.weaver.spi.LibraryContext;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where logging libraries are woven, from the first governed call on. */
final class LoggingLibraries implements Library {

  private final LogIds ids = new LogIds();
  private final boolean julToo;

  LoggingLibraries(LibraryContext context) {
    context.open("ch.qos.logback.classic", "ch.qos.logback.classic.spi");
    GildRuntime runtime = context.runtime().started();
    this.julToo =
        runtime != null && runtime.settings().get(LogContextSettings.SECTION).logContextJul();
  }

  @Override
  public @Nullable JoinPoint joinPoint(ClassShape shape, ClassShape.Method method) {
    if (is(shape, method, Logback.LOGGER, Logback.METHOD)) {
      return new Logback(ids);
    }
    if (is(shape, method, Log4jOne.LOGGER, Log4jOne.METHOD)) {
      return new Log4jOne(ids);
    }
    if (is(shape, method, JbossLogManager.LOGGER, JbossLogManager.METHOD)
        && method.descriptor().equals(JbossLogManager.DESCRIPTOR)) {
      return new JbossLogManager(ids);
    }
    if (julToo && is(shape, method, JavaUtilLogging.FORMATTER, JavaUtilLogging.METHOD)) {
      return new JavaUtilLogging(ids);
    }
    boolean injects =
        method.name().equals(Log4jTwo.METHOD)
            && Log4jTwo.INJECTORS.contains(shape.name().replace('.', '/'));
    return injects ? new Log4jTwo(ids) : null;
  }

  private static boolean is(
      ClassShape shape, ClassShape.Method method, String className, String methodName) {
    return method.name().equals(methodName) && shape.is(className);
  }

  /** Makes the library. */
  @AutoService(HttpClientProvider.class)
  public static final class Provider implements HttpClientProvider {

    /** Creates a provider. */
    public Provider() {}

    @Override
    public Set<String> classes() {
      Set<String> names = new HashSet<>(Log4jTwo.INJECTORS);
      names.add(Logback.LOGGER);
      names.add(Log4jOne.LOGGER);
      names.add(JbossLogManager.LOGGER);
      names.add(JavaUtilLogging.FORMATTER);
      return names;
    }

    @Override
    public Library create(LibraryContext context) {
      return new LoggingLibraries(context);
    }
  }
}
