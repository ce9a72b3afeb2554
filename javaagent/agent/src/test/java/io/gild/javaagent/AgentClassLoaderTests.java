package io.gild.javaagent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AllPermission;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentClassLoaderTests {

  /** Something to load. */
  static final class Loaded {}

  @Test
  void restrictsNoMethodThatRunsAboveGild(@TempDir Path folder) throws Exception {
    Path jar = folder.resolve("agent.jar");
    write(jar, Loaded.class);

    Class<?> type = new AgentClassLoader(jar.toFile()).loadClass(Loaded.class.getName());

    assertThat(type).isNotSameAs(Loaded.class);
    assertThat(type.getProtectionDomain().implies(new AllPermission())).isTrue();
  }

  private static void write(Path jar, Class<?> type) throws Exception {
    String name = type.getName().replace('.', '/');
    URI uri = URI.create("jar:" + jar.toUri());
    try (FileSystem files = FileSystems.newFileSystem(uri, Map.of("create", "true"));
        InputStream in = type.getResourceAsStream("/" + name + ".class")) {
      Path entry = files.getPath("/inst/" + name + ".classdata");
      Files.createDirectories(entry.getParent());
      try (OutputStream out = Files.newOutputStream(entry)) {
        in.transferTo(out);
      }
    }
  }
}
