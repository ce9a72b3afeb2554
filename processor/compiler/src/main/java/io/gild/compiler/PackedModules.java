package io.gild.compiler;

import io.gild.config.SettingsModules;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The settings of Gild's own modules, packed into the processor's jar: they check values with the
 * records that the run time will create. Only the build lists the packed modules. The modules
 * themselves are not dependencies of the processor, because a module that a project lacks would
 * then seem to be present.
 */
final class PackedModules extends ClassLoader {

  private static final String ROOT = "gild/modules/";

  static {
    registerAsParallelCapable();
  }

  private PackedModules() {
    super(PackedModules.class.getClassLoader());
  }

  /** Registers the modules with the settings; must run before the settings are used. */
  static void use() {
    SettingsModules.findIn(new PackedModules());
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    URL file = findResource(name.replace('.', '/') + ".class");
    if (file == null) {
      throw new ClassNotFoundException(name);
    }
    try (InputStream in = file.openStream()) {
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected @Nullable URL findResource(String name) {
    ClassLoader own = Objects.requireNonNull(PackedModules.class.getClassLoader());
    return own.getResource(ROOT + name);
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL file = findResource(name);
    return Collections.enumeration(file == null ? List.of() : List.of(file));
  }
}
