package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.a2a.server.A2aServer;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients of the SDK that the protocol's authors publish use a served agent, each in its JVM. */
class A2aSdkTests {

  private static final String OLD_CARD = "v0.3/.well-known/agent-card.json";
  private static final String CARD = ".well-known/agent-card.json";
  private static final Pattern ACCESSOR = Pattern.compile("\\$(\\w)(\\w*)\\(");

  @TempDir Path folder;

  @Test
  void servesTheClientOfVersion03() throws Exception {
    String source =
        ACCESSOR
            .matcher(template())
            .replaceAll(
                found -> "get" + found.group(1).toUpperCase(Locale.ROOT) + found.group(2) + "(");

    assertServes("io.github.a2asdk:a2a-java-sdk-client:0.3.3.Final", source, OLD_CARD);
  }

  @Test
  void servesTheClientOfVersion10() throws Exception {
    String source = ACCESSOR.matcher(template()).replaceAll("$1$2(");

    assertServes("io.github.a2asdk:a2a-java-sdk-client:1.0.0.Alpha3", source, CARD);
  }

  private void assertServes(String sdk, String source, String card) throws Exception {
    List<String> lines;
    try (A2aServer server = ConformanceAgent.start(0)) {
      lines = run(ClassPaths.of(List.of(sdk)), source, server.url(), card);
    }
    String seen = String.join("\n", lines);

    assertThat(lines).as(seen).contains("card Conformance agent", "done");
    assertThat(matching(lines, "sent tck-message-response: message ")).as(seen).hasSize(2);
    assertThat(matching(lines, "sent tck-complete-task: .*COMPLETED ")).as(seen).hasSize(2);
    assertThat(matching(lines, "sent tck-input-required: .*INPUT_REQUIRED ")).as(seen).hasSize(4);
    assertThat(matching(lines, "artifacts 1")).as(seen).hasSize(2);
    assertThat(matching(lines, "same true")).as(seen).hasSize(2);
    assertThat(matching(lines, "got .*COMPLETED .*")).as(seen).hasSize(2);
    assertThat(matching(lines, "canceled .*CANCELED")).as(seen).hasSize(2);
    assertThat(matching(lines, "missing there is no task \"none\".*")).as(seen).hasSize(2);
    assertThat(matching(lines, "sent tck-stream-artifact-chunked: .*WORKING.*COMPLETED "))
        .as(seen)
        .hasSize(1);
  }

  private static List<String> matching(List<String> lines, String pattern) {
    return lines.stream().filter(line -> line.matches(pattern)).toList();
  }

  private List<String> run(String classPath, String source, String url, String card)
      throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("SdkClient.java"), source);
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                classPath,
                "-d",
                folder.toString(),
                file.toString());
    assertThat(failed).as("the exit code of the compiler").isZero();
    Path out = folder.resolve("out.txt");
    Process process =
        new ProcessBuilder(
                Jdk.own().java(),
                "-cp",
                folder + File.pathSeparator + classPath,
                "SdkClient",
                url,
                card)
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("the client ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readAllLines(out);
  }

  private static String template() throws IOException {
    try (InputStream in = A2aSdkTests.class.getResourceAsStream("/a2a/SdkClient.java.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
