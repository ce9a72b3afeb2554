package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.testkit.BrowserScript;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The console of the running demo in a real browser. With {@code
 * -Dgild.test.args=-Dpictures.rewrite=true} the pictures of the documentation are taken from it.
 */
class DemoConsoleTests {

  private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
  private static final Path SCRIPT = ROOT.resolve("runtime/console/src/test/browser/demo.mjs");
  private static final Pattern OPEN = Pattern.compile("stays open: (\\S+)");

  @TempDir private Path folder;

  private Process demo() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dgild.home=" + ROOT,
            "-Dgild.agent.jar=" + System.getProperty("gild.agent.jar"),
            "-Dgild.demo.output=" + folder,
            "-cp",
            System.getProperty("gild.cli.jar")
                + File.pathSeparator
                + System.getProperty("gild.demo.jar"),
            "io.gild.cli.Main",
            "demo",
            "--console",
            "--loopback",
            "--questions",
            "400")
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .start();
  }

  private static String consoleOf(BufferedReader output) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      all.append(line).append('\n');
      Matcher open = OPEN.matcher(line);
      if (open.find()) {
        return open.group(1);
      }
    }
    throw new AssertionError("the demo has no console:\n" + all);
  }

  @TestFactory
  Stream<DynamicTest> showsTheRunOfTheDemo() throws Exception {
    Process demo = demo();
    try (BufferedReader output = demo.inputReader()) {
      String url = consoleOf(output);
      Map<String, String> environment =
          Boolean.getBoolean("pictures.rewrite")
              ? Map.of("GILD_PICTURES", ROOT.resolve("docs/images").toString())
              : Map.of();
      List<BrowserScript.Case> cases = BrowserScript.run(SCRIPT, environment, url);
      demo.getOutputStream().close();
      assertThat(output.lines()).anyMatch(line -> line.contains("answered correctly"));
      assertThat(demo.waitFor()).isZero();
      return cases.stream()
          .map(each ->
              DynamicTest.dynamicTest(
                  each.name(), () -> assertThat(each.passed()).as(each.text()).isTrue()));
    } finally {
      demo.destroyForcibly();
    }
  }
}
