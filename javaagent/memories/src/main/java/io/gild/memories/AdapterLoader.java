package io.gild.memories;

import io.gild.memory.spi.MessageForm;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;

/**
 * Defines the classes of an adapter once more, for one class loader of the application: they see
 * its framework and Gild's sessions. So messages are kept in the same form as by the adapter, and
 * each application may have its own version of the framework.
 *
 * <p>The classes end with the application: nothing of Gild refers to this loader, except what the
 * application's own classes hold.
 */
final class AdapterLoader extends ClassLoader {

  static {
    registerAsParallelCapable();
  }

  private static final String GILD = "io.gild.";
  private static final String NULLNESS = "org.jspecify.";

  private final ClassLoader own = AdapterLoader.class.getClassLoader();
  private final String adapter;

  private AdapterLoader(ClassLoader application, String adapter) {
    super("gild-adapter", application);
    this.adapter = adapter;
  }

  /**
   * Makes the adapter's translator of messages.
   *
   * @param application the loader of the framework
   * @param formName name of the translator's class, whose package is the adapter's
   * @throws ReflectiveOperationException if the adapter is absent
   * @throws LinkageError if the framework lacks what the adapter uses
   */
  @SuppressWarnings("unchecked") // the adapter's own type of messages is not visible here
  static MessageForm<Object> form(ClassLoader application, String formName)
      throws ReflectiveOperationException {
    String adapter = formName.substring(0, formName.lastIndexOf('.') + 1);
    Class<?> type = new AdapterLoader(application, adapter).loadClass(formName);
    Constructor<?> constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    return (MessageForm<Object>) constructor.newInstance();
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.startsWith(adapter)) {
      return defined(name);
    }
    return name.startsWith(GILD) || name.startsWith(NULLNESS)
        ? own.loadClass(name)
        : super.loadClass(name, resolve);
  }

  private Class<?> defined(String name) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      if (known != null) {
        return known;
      }
      try (InputStream in = own.getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] classFile = in.readAllBytes();
        return defineClass(
            name, classFile, 0, classFile.length, AdapterLoader.class.getProtectionDomain());
      } catch (IOException unreadable) {
        throw new ClassNotFoundException(name, unreadable);
      }
    }
  }
}
