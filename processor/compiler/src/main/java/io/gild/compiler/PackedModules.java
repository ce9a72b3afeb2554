package io.gild.compiler;

import io.gild.config.SettingsModules;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The settings of Gild's own modules, as the processor's jar has them packed: they check values by
 * the records that the run time will make. The modules themselves are no dependencies of the
 * processor, for one that a project lacks would then seem to be there.
 */
final class PackedModules extends ClassLoader {

  private static final String ROOT = "gild/modules/";
  private static final List<String> MODULES = List.of("core", "reliability", "cost");

  static {
    registerAsParallelCapable();
  }

  private PackedModules() {
    super(PackedModules.class.getClassLoader());
  }

  /** Lets the settings know the modules; before anything of the settings is used. */
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
    List<URL> found = packed(name);
    return found.isEmpty() ? null : found.get(0);
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    return Collections.enumeration(packed(name));
  }

  private static List<URL> packed(String name) {
    ClassLoader own = Objects.requireNonNull(PackedModules.class.getClassLoader());
    List<URL> found = new ArrayList<>();
    for (String module : MODULES) {
      URL file = own.getResource(ROOT + module + "/" + name);
      if (file != null) {
        found.add(file);
      }
    }
    return found;
  }
}
