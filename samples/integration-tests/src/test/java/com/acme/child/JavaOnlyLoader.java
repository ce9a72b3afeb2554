package com.acme.child;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;

/**
 * A loader like those of OSGi: it delegates only {@code java.*} to its parents, and loads
 * everything else from the application's class path itself.
 */
final class JavaOnlyLoader extends URLClassLoader {

  private static final JavaOnlyLoader BUNDLE = new JavaOnlyLoader();

  private JavaOnlyLoader() {
    super("bundle", urls(), null);
  }

  /** Calls a method of the bundle's own object of a class. */
  static String ask(Class<?> known, String method, String question) throws Throwable {
    Class<?> type = BUNDLE.loadClass(known.getName());
    if (type == known) {
      throw new IllegalStateException(type + " is not of the bundle");
    }
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(BUNDLE);
    try {
      var shared = type.getDeclaredMethod("shared");
      shared.setAccessible(true);
      return (String) type.getMethod(method, String.class).invoke(shared.invoke(null), question);
    } catch (InvocationTargetException failure) {
      throw failure.getCause();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      if (name.startsWith("java.")) {
        return ClassLoader.getPlatformClassLoader().loadClass(name);
      }
      Class<?> known = findLoadedClass(name);
      return known == null ? load(name) : known;
    }
  }

  /**
   * A bundle imports packages such as {@code javax.net.ssl} by name, and every framework delegates
   * the classes that reflection generates on JDK 17.
   */
  private Class<?> load(String name) throws ClassNotFoundException {
    return name.startsWith("javax.") || name.startsWith("jdk.internal.reflect.")
        ? ClassLoader.getPlatformClassLoader().loadClass(name)
        : findClass(name);
  }

  private static URL[] urls() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(JavaOnlyLoader::url)
        .toArray(URL[]::new);
  }

  private static URL url(String file) {
    try {
      return new File(file).toURI().toURL();
    } catch (MalformedURLException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
