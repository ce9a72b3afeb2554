package io.gild.cli;

import io.gild.config.PrivateFiles;
import io.gild.recipes.Migration;
import io.gild.recipes.ModuleChange;
import io.gild.recipes.ModuleReport;
import io.gild.recording.Cassette;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Finds the agents of a source tree and prepares them for Gild. */
@Command(
    name = "migrate",
    description =
        "Finds the agents in Java sources, writes a patch for each module that prepares them for"
            + " Gild, and reports what it applies, proposes and refuses, with the evidence.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class MigrateCommand implements Callable<Integer> {

  private static final int WRONG = 1;

  /** What a migration may apply. */
  enum Apply {
    safe,
    policies
  }

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "PATH",
      defaultValue = ".",
      description = "the folder with the modules (default: the current one)")
  private Path path;

  @Option(
      names = "--apply",
      paramLabel = "safe|policies",
      defaultValue = "safe",
      description =
          "safe: annotations that change no answer; policies: also replaces retry loops whose shape"
              + " is proven (default: ${DEFAULT-VALUE})")
  private Apply apply;

  @Option(names = "--write", description = "change the sources; otherwise only patches are written")
  private boolean write;

  @Option(
      names = "--verify",
      description = "with --write: compile each module, and take back one that does not compile")
  private boolean verify;

  @Option(
      names = "--module",
      paramLabel = "FOLDER",
      description = "only this module; may be repeated")
  private List<String> only = List.of();

  @Option(names = "--allow-dirty", description = "change sources that git does not have yet")
  private boolean allowDirty;

  @Option(
      names = "--inventory",
      paramLabel = "FILE",
      description = "the JSON of gild inventory, whose figures become evidence")
  private @Nullable Path inventory;

  @Option(
      names = "--traffic",
      paramLabel = "CASSETTE",
      description = "a recording, from which golden tasks are proposed")
  private @Nullable Path traffic;

  @Option(
      names = "--patches",
      paramLabel = "FOLDER",
      description = "where the patches go (default: .gild/migrate in PATH)")
  private @Nullable Path patches;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "write the report; as Markdown if the name ends with .md")
  private @Nullable Path report;

  @Option(names = "--json", paramLabel = "FILE", description = "write the report as JSON")
  private @Nullable Path json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!Files.isDirectory(path)) {
      throw new ParameterException(spec.commandLine(), "no folder " + path + " to migrate");
    }
    require(inventory, "no inventory %s; gild inventory --json=FILE writes one");
    require(traffic, "no cassette %s; gild record writes one");
    Path root = path.toAbsolutePath().normalize();
    if (write && !allowDirty && GitTree.isDirty(root)) {
      return wrong(root + " has changes that are not in git; commit them, or pass --allow-dirty");
    }
    MigrateFigures figures = MigrateFigures.read(inventory);
    Migration migration = new Migration(root, apply == Apply.policies, Migration.gildVersion());
    List<MigratedModule> modules = new ArrayList<>();
    for (String each : chosen(migration)) {
      modules.add(migrate(root, migration.change(each)));
    }
    MigrateText text = new MigrateText(modules, figures, write, apply.name());
    List<String> lines = new ArrayList<>(text.lines());
    goldenTasks(root, lines);
    PrintWriter out = spec.commandLine().getOut();
    lines.forEach(out::println);
    out.flush();
    write(
        report, report != null && report.toString().endsWith(".md") ? text.markdown() : text.all());
    write(json, MigrateJson.of(root, modules, figures, apply.name(), write));
    return modules.stream().allMatch(MigratedModule::isFine) ? 0 : WRONG;
  }

  private void require(@Nullable Path file, String message) {
    if (file != null && !Files.isRegularFile(file)) {
      throw new ParameterException(spec.commandLine(), message.formatted(file));
    }
  }

  private List<String> chosen(Migration migration) {
    List<String> known = migration.modules();
    for (String each : only) {
      if (!known.contains(each)) {
        throw new ParameterException(
            spec.commandLine(),
            "no module \"" + each + "\"; use one of " + String.join(", ", known));
      }
    }
    return only.isEmpty() ? known : only;
  }

  private MigratedModule migrate(Path root, ModuleChange change)
      throws IOException, InterruptedException {
    ModuleReport found = change.report();
    if (change.isEmpty()) {
      return new MigratedModule(found, MigratedModule.Outcome.UNCHANGED, "");
    }
    String patch = patch(root, change);
    if (!write) {
      return new MigratedModule(found, MigratedModule.Outcome.PATCHED, patch);
    }
    List<String> readOnly = change.readOnly();
    if (!readOnly.isEmpty()) {
      return new MigratedModule(
          found, MigratedModule.Outcome.READ_ONLY, "read-only: " + String.join(", ", readOnly));
    }
    change.write();
    if (verify) {
      String mistake = new MigrateBuild(root, found.name()).mistake();
      if (mistake != null) {
        change.takeBack();
        return new MigratedModule(found, MigratedModule.Outcome.TAKEN_BACK, mistake);
      }
    }
    return new MigratedModule(found, MigratedModule.Outcome.WRITTEN, patch);
  }

  /** Writes a patch and returns its file, or why it could not be written. */
  private String patch(Path root, ModuleChange change) {
    Path folder = patches == null ? root.resolve(".gild/migrate") : patches;
    String name = change.report().name().equals(".") ? "root" : change.report().name();
    Path file = folder.resolve(name.replace('/', '-') + ".patch");
    try {
      PrivateFiles.createDirectories(folder);
      Files.write(file, change.patch());
      return file.toString();
    } catch (IOException failure) {
      return "no patch, " + folder + " cannot be written: " + failure.getMessage();
    }
  }

  private void goldenTasks(Path root, List<String> lines) throws IOException {
    if (traffic == null) {
      return;
    }
    Path folder = patches == null ? root.resolve(".gild/migrate") : patches;
    PrivateFiles.createDirectories(folder);
    Cassette cassette = Cassette.read(traffic.toString(), Files.readString(traffic));
    for (ProposedTasks tasks : ProposedTasks.of(cassette)) {
      String name = "golden-" + tasks.name() + ".yaml";
      Path file = folder.resolve(name);
      PrivateFiles.write(file, tasks.yaml(name, tasks.command(file, traffic, null)));
      lines.add("Proposed " + NumberText.count(tasks.count(), "golden task") + ": " + file);
    }
  }

  private static void write(@Nullable Path file, String text) throws IOException {
    if (file != null) {
      Files.writeString(file, text);
    }
  }

  private int wrong(String message) {
    spec.commandLine().getErr().println("gild: " + message);
    spec.commandLine().getErr().flush();
    return WRONG;
  }
}
