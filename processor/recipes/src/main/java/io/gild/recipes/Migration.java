package io.gild.recipes;

import io.gild.config.Experimental;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Prepares the agents of a folder of modules for Gild, module by module: only the sources that may
 * call a model are parsed, some at a time.
 *
 * <p>Not thread-safe.
 */
@Experimental
public final class Migration {

  private final Path root;
  private final boolean policies;
  private final String version;
  private final List<Path> modules;
  private final Set<String> services = new HashSet<>();
  private final AgentNames names = new AgentNames();
  private final JavaSources java = new JavaSources();

  /**
   * Looks for modules, and reads the sources once for what one class needs to know about others.
   *
   * @param root the folder
   * @param policies whether loops and caches whose shape is proven are replaced by policies, too
   * @param version the version of Gild that is added to builds
   * @throws IOException if a source cannot be read
   */
  public Migration(Path root, boolean policies, String version) throws IOException {
    this.root = root.toAbsolutePath().normalize();
    this.policies = policies;
    this.version = version;
    this.modules = ModuleFolders.modules(this.root);
    for (Path module : modules) {
      for (Path file : ModuleFolders.files(module, ".java")) {
        ServiceInterfaces.scan(SourceText.of(Files.readAllBytes(file)).text(), services, names);
      }
    }
  }

  /**
   * Returns the version of Gild that these recipes belong to.
   *
   * @return the version, as a build names it
   */
  public static String gildVersion() {
    try (InputStream in = Migration.class.getResourceAsStream("version.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the modules.
   *
   * @return their folders below the root, with slashes; {@code .} for the root itself
   */
  public List<String> modules() {
    return modules.stream().map(this::name).toList();
  }

  /**
   * Computes what changes in a module, and changes nothing yet.
   *
   * @param module one of {@link #modules()}
   * @throws IOException if a source cannot be read
   */
  public ModuleChange change(String module) throws IOException {
    for (Path each : modules) {
      if (name(each).equals(module)) {
        return new ModuleMigrator(root, each, module, services, names, java, policies, version)
            .run();
      }
    }
    List<String> known = new ArrayList<>(modules());
    throw new IllegalArgumentException(
        "no module \"" + module + "\" in " + root + "; use one of " + String.join(", ", known));
  }

  private String name(Path module) {
    String name = root.relativize(module).toString().replace('\\', '/');
    return name.isEmpty() ? "." : name;
  }
}
