package io.gild.maven;

import io.gild.gates.Outcome;
import io.gild.gates.ResultLog;
import io.gild.gates.Spent;
import io.gild.gates.TaskKey;
import io.gild.gates.TaskResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.Resource;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.apache.maven.project.MavenProject;

/** A module in a temporary folder, as it is after its main classes were compiled. */
final class TestProject {

  final Path folder;
  final MavenProject project = new MavenProject(new Model());
  final List<String> log = new ArrayList<>();

  TestProject(Path folder) {
    this.folder = folder;
    Resource resources = new Resource();
    resources.setDirectory(folder.resolve("src/main/resources").toString());
    project.setFile(folder.resolve("pom.xml").toFile());
    Build build = new Build();
    build.addResource(resources);
    project.getModel().setBuild(build);
    project.getModel().setName("acme");
    project.getModel().setVersion("1.0");
  }

  /** Adds a plugin of Maven's own to the build, as it is after Maven filled in the versions. */
  Plugin plugin(String artifact, String version) {
    Plugin plugin = new Plugin();
    plugin.setArtifactId(artifact);
    plugin.setVersion(version);
    project.getModel().getBuild().addPlugin(plugin);
    return plugin;
  }

  Path write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text);
  }

  /** Writes the relevant part of a class file: a descriptor of an annotation. */
  void compiled(String type) throws IOException {
    write(
        "target/classes/" + type.replace('.', '/') + ".class", "Lio/gild/annotations/GoldenTask;");
  }

  /** Registers an agent whose one method takes a question and has the given golden entries. */
  void register(String type, String agent, String... golden) throws IOException {
    compiled(type);
    write(
        "target/classes/META-INF/gild/agents/" + type + ".json",
        """
        {"schema": 1, "type": "%s", "agent": "%s", "version": "", "description": "Answers customers.", "wrapper": null,
         "methods": [{"name": "answer", "descriptor": "(Ljava/lang/String;Ljava/lang/String;)Ljava/lang/String;",
           "parameters": [
             {"name": "question", "type": "java.lang.String", "role": "prompt"},
             {"name": "model", "type": "java.lang.String", "role": "model"}],
           "returns": "java.lang.String", "effect": "none", "policies": {}, "golden": [%s]}]}
        """
            .formatted(type, agent, String.join(", ", golden)));
  }

  static String task(String id, String... tags) {
    String quoted = tags.length == 0 ? "" : "\"" + String.join("\", \"", tags) + "\"";
    return """
    {"id": "%s", "input": ["x"], "expected": "y", "validator": "exact", "tags": [%s]}\
    """
        .formatted(id, quoted);
  }

  void result(String agent, String id, boolean passed, String message) {
    new ResultLog(folder.resolve("target/gild/results/results.jsonl"))
        .append(
            new TaskResult(
                new TaskKey(agent, id),
                "",
                "com.acme.SupportAgent#answer",
                List.of(),
                1,
                1,
                Instant.EPOCH,
                passed ? Outcome.PASSED : Outcome.FAILED,
                passed ? 1 : 0,
                List.of(),
                "x",
                "exact: y",
                "z",
                message,
                Spent.NOTHING));
  }

  GenerateTestsMojo generateTests() {
    GenerateTestsMojo mojo = prepare(new GenerateTestsMojo());
    mojo.testClassesDirectory = folder.resolve("target/test-classes").toFile();
    mojo.outputDirectory = folder.resolve("target/generated-test-sources/gild").toFile();
    return mojo;
  }

  WeaveMojo weave() {
    return prepare(new WeaveMojo());
  }

  VerifyMojo verify() {
    return gated(new VerifyMojo());
  }

  ReportMojo report() {
    return gated(new ReportMojo());
  }

  private <M extends GatedMojo> M gated(M made) {
    M mojo = prepare(made);
    Path settings = folder.resolve("gild.yaml");
    mojo.config = Files.exists(settings) ? settings.toFile() : null;
    mojo.docs = folder.resolve("docs/agents").toFile();
    mojo.data = folder.resolve(".gild").toFile();
    mojo.reportsDirectory = folder.resolve("target/gild/report").toFile();
    return mojo;
  }

  private <M extends GildMojo> M prepare(M mojo) {
    mojo.project = project;
    mojo.classesDirectory = folder.resolve("target/classes").toFile();
    mojo.resultsDirectory = folder.resolve("target/gild/results").toFile();
    mojo.setLog(
        new SystemStreamLog() {
          @Override
          public void info(CharSequence text) {
            log.add(text.toString());
          }

          @Override
          public void warn(CharSequence text) {
            log.add(text.toString());
          }
        });
    return mojo;
  }
}
