package io.gild.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Json;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/**
 * Runs the cases of one script of {@code src/test/browser} in a real browser. Where Node, Chromium
 * or the npm packages are missing, the tests are skipped with the reason, but not in CI.
 */
final class PageCases {

  private static final Path PACKAGES =
      Path.of(System.getProperty("user.home"), ".cache", "gild-tests", "browser");

  private static final String INSTALL =
      "npm install --prefix ~/.cache/gild-tests/browser playwright-core@1.65.1 axe-core@4.14.1";

  private static final int MINUTES = 8;

  private PageCases() {}

  /** Runs a script with made-up data; each of its cases is a test. */
  static Stream<DynamicTest> of(String script) throws IOException, InterruptedException {
    try (PageFixture many = fixture(1000, true, "");
        PageFixture writable = fixture(40, false, "");
        PageFixture guarded = fixture(40, true, "secret")) {
      return of(script, many.url(), writable.url(), guarded.url());
    }
  }

  /** Runs a script with the consoles at some URLs; each of its cases is a test. */
  static Stream<DynamicTest> of(String script, String... urls)
      throws IOException, InterruptedException {
    Path node = program("apt-get install nodejs", "node");
    Path browser =
        program("apt-get install chromium", "chromium", "chromium-browser", "google-chrome");
    require(Files.isDirectory(PACKAGES.resolve("node_modules/playwright-core")), INSTALL);
    require(Files.isDirectory(PACKAGES.resolve("node_modules/axe-core")), INSTALL);
    List<String> words = new ArrayList<>();
    words.add(node.toString());
    words.add(Path.of("src", "test", "browser", script).toString());
    words.addAll(List.of(urls));
    ProcessBuilder command = new ProcessBuilder(words);
    command.environment().put("GILD_BROWSER", browser.toString());
    command.environment().put("GILD_BROWSER_PACKAGES", PACKAGES.toString());
    return run(command);
  }

  private static PageFixture fixture(int agents, boolean readOnly, String token)
      throws IOException {
    return new PageFixture(new PageFixture.Options(agents, readOnly, token, false), 0);
  }

  private static Stream<DynamicTest> run(ProcessBuilder command)
      throws IOException, InterruptedException {
    Path errors = Files.createTempFile("gild-browser", ".txt");
    Process process = command.redirectError(errors.toFile()).start();
    List<DynamicTest> tests = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        tests.add(test((Map<?, ?>) Json.read(line)));
      }
      assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).as("the script ended").isTrue();
      assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
    } finally {
      process.destroyForcibly();
      Files.delete(errors);
    }
    assertThat(tests).as("cases").hasSizeGreaterThan(2);
    return tests.stream();
  }

  private static DynamicTest test(Map<?, ?> result) {
    String text = String.valueOf(result.get("text"));
    return DynamicTest.dynamicTest(
        String.valueOf(result.get("name")),
        () -> {
          if (!text.isEmpty()) {
            System.out.println(result.get("name") + ": " + text);
          }
          assertThat(result.get("kind")).as(text).isEqualTo("ok");
        });
  }

  private static Path program(String install, String... names) {
    Optional<Path> found =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .flatMap(folder -> Stream.of(names).map(name -> Path.of(folder, name)))
            .filter(Files::isExecutable)
            .findFirst();
    require(found.isPresent(), install);
    return found.orElseThrow();
  }

  private static void require(boolean present, String install) {
    if (!present && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("CI must have what browser tests need: " + install);
    }
    Assumptions.assumeTrue(present, () -> "to run this test, " + install);
  }
}
