package io.gild.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.gates.ShardedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The examples of builds on many machines run the shards that they seem to run: their shell lines
 * run in a shell, with a program in the place of {@code gild} that leaves the results of a shard.
 */
@DisabledOnOs(OS.WINDOWS)
class ShardFilesTests {

  private static final Path SHIPPED = Path.of("../../config/deploy");

  private static final String PROGRAM =
      """
      #!/bin/sh
      for each in "$@"; do
        case $each in
          --data=*) data=${each#--data=};;
          --shard=*) shard=${each#--shard=};;
        esac
      done
      mkdir -p "$data/evaluations/20260101-000000"
      echo "{\\"version\\": \\"1.2\\", \\"shard\\": \\"$shard\\", \\"agents\\": []}" \
        > "$data/evaluations/20260101-000000/run.json"
      touch "$data/evaluations/20260101-000000/results.jsonl"
      exit 1
      """;

  @TempDir private Path folder;

  @BeforeEach
  void writeTheProgram() throws IOException {
    Path program = Files.writeString(folder.resolve("gild"), PROGRAM);
    assertThat(program.toFile().setExecutable(true)).isTrue();
  }

  private static Map<?, ?> yaml(String file) throws IOException {
    Load reader = new Load(LoadSettings.builder().setLabel(file).build());
    return (Map<?, ?>) reader.loadFromString(Files.readString(SHIPPED.resolve(file)));
  }

  private static Object at(Object value, Object... path) {
    Object found = value;
    for (Object each : path) {
      found =
          each instanceof Integer index
              ? ((List<?>) found).get(index)
              : ((Map<?, ?>) found).get(each);
      assertThat(found).as("%s", each).isNotNull();
    }
    return found;
  }

  /** Runs the lines of one machine, each in its own folder, which has what the others left. */
  private void run(List<String> lines, Map<String, String> environment) throws Exception {
    Path out = folder.resolve("out.txt");
    ProcessBuilder shell =
        new ProcessBuilder("sh", "-e", "-c", String.join("\n", lines))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    shell.environment().putAll(environment);
    shell.environment().merge("PATH", folder + ":", (path, before) -> before + path);
    Process process = shell.start();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(out)).isZero();
  }

  private void hasAllShards(String results, int count) throws IOException {
    try (var shards = Files.list(folder.resolve(results))) {
      assertThat(shards).hasSize(count);
    }
    ShardedRun run = ShardedRun.read(List.of(folder.resolve(results)));
    assertThat(run.info().version()).isEqualTo("1.2");
  }

  @Test
  void githubRunsAllShards() throws Exception {
    Map<?, ?> file = yaml("ci/github-actions.yml");
    List<?> shards = (List<?>) at(file, "jobs", "eval", "strategy", "matrix", "shard");
    for (Object shard : shards) {
      run(
          ((List<?>) at(file, "jobs", "eval", "steps"))
              .stream()
                  .map(step -> ((Map<?, ?>) step).get("run"))
                  .filter(String.class::isInstance)
                  .map(String.class::cast)
                  .toList(),
          Map.of("SHARD", shard.toString()));
    }
    hasAllShards("shards", shards.size());
    assertThat(at(file, "jobs", "gate", "steps", 3, "run")).isEqualTo("./gild gate --run=shards");
  }

  @Test
  void gitlabRunsAllShards() throws Exception {
    Map<?, ?> file = yaml("ci/gitlab-ci.yml");
    int count = (Integer) at(file, "eval", "parallel");
    List<String> lines =
        ((List<?>) at(file, "eval", "script")).stream().map(String.class::cast).toList();
    for (int index = 1; index <= count; index++) {
      run(lines, Map.of("CI_NODE_INDEX", index + "", "CI_NODE_TOTAL", count + ""));
    }
    hasAllShards("shards", count);
    assertThat(at(file, "gate", "script", 0)).isEqualTo("./gild gate --run=shards");
  }

  @Test
  void jenkinsRunsAllShards() throws Exception {
    String file = Files.readString(SHIPPED.resolve("ci/Jenkinsfile"));
    List<String> lines =
        Pattern.compile("sh '(.*)'").matcher(file).results().map(line -> line.group(1)).toList();
    Matcher axis = Pattern.compile("values ([^}]*) }").matcher(file);
    assertThat(axis.find()).isTrue();
    List<String> shards = List.of(axis.group(1).replace("'", "").split(", "));
    for (String shard : shards) {
      run(lines.subList(0, 2), Map.of("SHARD", shard));
    }
    hasAllShards("shards", shards.size());
    assertThat(lines.get(3)).isEqualTo("./gild gate --run=shards");
    assertThat(file.chars().filter(c -> c == '{').count())
        .isEqualTo(file.chars().filter(c -> c == '}').count());
  }

  @Test
  void kubernetesRunsAllShardsAlsoAgain() throws Exception {
    Map<?, ?> job = yaml("kubernetes/evaluation-job.yaml");
    assertThat(at(job, "spec", "completionMode")).isEqualTo("Indexed");
    int count = (Integer) at(job, "spec", "completions");
    Map<?, ?> pod = (Map<?, ?>) at(job, "spec", "template", "spec");
    String script =
        ((String) at(pod, "containers", 0, "args", 0))
            .replace("/results", folder.resolve("results").toString())
            .replace("/tmp/run", folder.resolve("run").toString());
    Files.createDirectories(folder.resolve("results"));
    for (int again = 0; again < 2; again++) {
      for (int index = 0; index < count; index++) {
        run(script.lines().toList(), Map.of("JOB_COMPLETION_INDEX", index + ""));
      }
    }
    hasAllShards("results", count);
    assertThat(
            ((List<?>) at(pod, "volumes"))
                .stream().map(each -> at(each, "name")).collect(Collectors.toSet()))
        .contains(at(pod, "containers", 0, "volumeMounts", 0, "name"));
  }
}
