package io.gild.recipes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openrewrite.InMemoryExecutionContext;
import org.openrewrite.SourceFile;
import org.openrewrite.Tree;
import org.openrewrite.java.tree.JavaSourceFile;

/** Computes the change of one module. */
final class ModuleMigrator {

  /** Sources that are parsed at a time, which bounds the memory. */
  private static final int BATCH = 40;

  private final Path root;
  private final Path folder;
  private final String name;
  private final Set<String> services;
  private final AgentNames names;
  private final boolean policies;
  private final String version;
  private final JavaSources java;
  private final List<FileChange> changes = new ArrayList<>();
  private final List<AgentReport> agents = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  ModuleMigrator(
      Path root,
      Path folder,
      String name,
      Set<String> services,
      AgentNames names,
      JavaSources java,
      boolean policies,
      String version) {
    this.root = root;
    this.folder = folder;
    this.name = name;
    this.services = services;
    this.names = names;
    this.java = java;
    this.policies = policies;
    this.version = version;
  }

  ModuleChange run() throws IOException {
    List<Path> files = ModuleFolders.files(folder, ".java");
    Map<Path, SourceText> batch = new LinkedHashMap<>();
    for (Path file : files) {
      SourceText source = SourceText.of(Files.readAllBytes(file));
      if (mayCallModel(source.text()) && parses(file, source)) {
        batch.put(file, source);
      }
      if (batch.size() == BATCH) {
        migrate(batch);
        batch.clear();
      }
    }
    migrate(batch);
    kotlin();
    if (agents.stream().anyMatch(AgentReport::isGoverned)) {
      build();
    }
    List<String> changed = changes.stream().map(FileChange::name).toList();
    return new ModuleChange(
        folder, new ModuleReport(name, files.size(), changed, agents, notes), changes);
  }

  private boolean mayCallModel(String text) {
    return ModelLibrary.mayBeIn(text) || services.stream().anyMatch(text::contains);
  }

  private boolean parses(Path file, SourceText source) {
    String mistake = java.mistake(source.text());
    if (mistake != null) {
      notes.add(path(file) + ": does not parse, left as it is: " + mistake);
    }
    return mistake == null;
  }

  private void migrate(Map<Path, SourceText> batch) {
    if (batch.isEmpty()) {
      return;
    }
    Map<Path, String> texts = new LinkedHashMap<>();
    batch.forEach((file, source) -> texts.put(root.relativize(file), source.text()));
    for (SourceFile parsed : java.parse(texts)) {
      Path file = root.resolve(parsed.getSourcePath());
      SourceText source = batch.get(file);
      if (source == null) {
        continue;
      }
      if (parsed instanceof JavaSourceFile tree) {
        migrate(file, source, tree);
      } else {
        notes.add(path(file) + ": the parser cannot read it, left as it is");
      }
    }
  }

  private void migrate(Path file, SourceText source, JavaSourceFile tree) {
    SourceReport report = new SourceReport(path(file), source.text(), policies);
    GovernVisitor visitor = new GovernVisitor(services, names, report);
    InMemoryExecutionContext context = new InMemoryExecutionContext(failure -> {});
    Tree after = visitor.visit(tree, context);
    if (policies) {
      after = new RetryVisitor().visit(after, context);
    }
    agents.addAll(report.agents());
    notes.addAll(report.notes());
    if (after instanceof JavaSourceFile changed && changed != tree) {
      byte[] bytes = source.edited(changed.printAll());
      String mistake = java.mistake(SourceText.of(bytes).text());
      if (mistake != null) {
        notes.add(path(file) + ": the change would not parse, so it is left out: " + mistake);
      } else {
        changes.add(new FileChange(file, path(file), source.bytes(), bytes));
      }
    }
  }

  private void kotlin() throws IOException {
    for (Path file : ModuleFolders.files(folder, ".kt", ".groovy", ".scala")) {
      if (ModelLibrary.mayBeIn(Files.readString(file, StandardCharsets.ISO_8859_1))) {
        notes.add(
            path(file)
                + ": calls a model, but is not Java: annotate it by hand, or name its methods in"
                + " gild.yaml and attach the javaagent");
      }
    }
  }

  private void build() throws IOException {
    Path pom = folder.resolve("pom.xml");
    if (!Files.isRegularFile(pom)) {
      notes.add("no pom.xml: add Gild to the build as docs/gradle.md or docs/install.md show");
      return;
    }
    SourceText source = SourceText.of(Files.readAllBytes(pom));
    PomEdit edit = new PomEdit(version);
    try {
      String changed = edit.edit(source.text(), artifacts());
      notes.addAll(edit.notes());
      if (!changed.equals(source.text())) {
        changes.add(new FileChange(pom, path(pom), source.bytes(), source.edited(changed)));
      }
    } catch (IllegalArgumentException refused) {
      changes.clear();
      notes.add("nothing in this module is changed: " + refused.getMessage());
    }
  }

  private List<String> artifacts() {
    boolean retries =
        agents.stream()
            .flatMap(each -> each.methods().stream())
            .flatMap(each -> each.advice().stream())
            .anyMatch(each ->
                each.verdict() == Advice.Verdict.APPLIED && each.policy().startsWith("@Retry"));
    return retries
        ? List.of("gild-annotations", "gild-cost", "gild-reliability")
        : List.of("gild-annotations", "gild-cost");
  }

  private String path(Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }
}
