package io.gild.javaagent;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.security.AllPermission;
import java.security.CodeSource;
import java.security.Permissions;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Loads the classes under {@code inst/} of the agent's jar, whose files are named {@code
 * *.classdata}: neither the application nor a scanner of its frameworks can see them, and they
 * cannot see the application.
 */
final class AgentClassLoader extends ClassLoader {

  static {
    registerAsParallelCapable();
  }

  private static final String FOLDER = "inst/";
  private static final String OWN_SERVICES = "META-INF/services/io.gild.";

  /** The parent; stored because a security manager may forbid {@code getParent}. */
  private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

  private final JarFile jar;
  private final String base;
  private final ProtectionDomain domain;

  AgentClassLoader(File file) throws IOException {
    super("gild", PLATFORM);
    this.jar = new JarFile(file, false);
    this.base = "jar:" + file.toURI() + "!/" + FOLDER;
    // Without the loader: on JDK 17 threads keep the domains of their creators.
    this.domain =
        new ProtectionDomain(new CodeSource(file.toURI().toURL(), (Certificate[]) null), all());
  }

  /**
   * Gild runs below the application's methods: a permission that Gild lacks would be missing for
   * them too.
   */
  private static Permissions all() {
    Permissions all = new Permissions();
    all.add(new AllPermission());
    return all;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> type = findLoadedClass(name);
      if (type == null) {
        JarEntry own = name.startsWith("java.") ? null : entry(path(name));
        type = own == null ? PLATFORM.loadClass(name) : define(name, own);
      }
      if (resolve) {
        resolveClass(type);
      }
      return type;
    }
  }

  private Class<?> define(String name, JarEntry entry) throws ClassNotFoundException {
    try (InputStream in = jar.getInputStream(entry)) {
      byte[] classFile = in.readAllBytes();
      definePackageOf(name);
      return defineClass(name, classFile, 0, classFile.length, domain);
    } catch (IOException unreadable) {
      throw new ClassNotFoundException(name, unreadable);
    }
  }

  private void definePackageOf(String className) {
    int dot = className.lastIndexOf('.');
    String name = dot < 0 ? "" : className.substring(0, dot);
    if (getDefinedPackage(name) == null) {
      try {
        definePackage(name, null, null, null, null, null, null, null);
      } catch (IllegalArgumentException raced) {
        // Another thread has just defined it.
      }
    }
  }

  @Override
  public InputStream getResourceAsStream(String name) {
    JarEntry own = entry(hidden(name));
    try {
      return own == null ? super.getResourceAsStream(name) : jar.getInputStream(own);
    } catch (IOException unreadable) {
      return null;
    }
  }

  @Override
  public URL getResource(String name) {
    URL own = findResource(name);
    return own == null ? super.getResource(name) : own;
  }

  @Override
  protected URL findResource(String name) {
    String hidden = hidden(name);
    try {
      return entry(hidden) == null ? null : URI.create(base + escaped(hidden)).toURL();
    } catch (MalformedURLException | IllegalArgumentException impossible) {
      return null;
    }
  }

  /** The JDK does not contain services of Gild; a search would open its image before main. */
  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    return name.startsWith(OWN_SERVICES) ? findResources(name) : super.getResources(name);
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL own = findResource(name);
    return Collections.enumeration(own == null ? List.of() : List.of(own));
  }

  private JarEntry entry(String path) {
    return jar.getJarEntry(FOLDER + path);
  }

  private static String path(String className) {
    return className.replace('.', '/') + ".classdata";
  }

  private static String hidden(String resource) {
    return resource.endsWith(".class") ? resource + "data" : resource;
  }

  private static String escaped(String path) {
    return path.replace("%", "%25").replace(" ", "%20").replace("$", "%24");
  }
}
