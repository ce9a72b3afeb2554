package com.acme.child;

import java.io.IOException;
import java.io.InputStream;

/** A loader that sees only the JDK, like those of OSGi and of application servers. */
final class ClosedLoader extends ClassLoader {

  private ClosedLoader() {
    super(ClassLoader.getPlatformClassLoader());
  }

  static String flaky() throws ReflectiveOperationException {
    Class<?> type = new ClosedLoader().loadClass(FlakyDesk.class.getName());
    Object desk = type.getConstructor().newInstance();
    return (String) type.getMethod("answer", String.class).invoke(desk, "closed");
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    try (InputStream in =
        ClosedLoader.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] classFile = in.readAllBytes();
      return defineClass(name, classFile, 0, classFile.length);
    } catch (IOException unreadable) {
      throw new ClassNotFoundException(name, unreadable);
    }
  }
}
