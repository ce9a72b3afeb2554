package io.gild.testkit;

import io.gild.config.Experimental;
import io.gild.config.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A script of Playwright that looks at pages in the Chromium of this machine, and prints each of
 * its cases as a line of JSON with {@code kind}, {@code name} and {@code text}. Where Node,
 * Chromium or the npm packages are missing, the test is skipped with the reason; if the environment
 * variable {@code CI} is {@code true}, the test fails.
 */
@Experimental
public final class BrowserScript {

  private static final Path PACKAGES =
      Path.of(System.getProperty("user.home"), ".cache", "gild-tests", "browser");

  private static final String INSTALL =
      "npm install --prefix ~/.cache/gild-tests/browser playwright-core@1.65.1 axe-core@4.14.1";

  private static final int MINUTES = 8;

  private BrowserScript() {}

  /**
   * A case of a script.
   *
   * @param name what it shows
   * @param passed whether it does
   * @param text what was measured, or why it failed
   */
  public record Case(String name, boolean passed, String text) {}

  /**
   * Runs a script to its end.
   *
   * @param script file of the script
   * @param environment further variables of its environment
   * @param arguments its arguments, such as addresses of pages
   * @return its cases, in order
   * @throws InterruptedException if the thread is interrupted meanwhile
   * @throws AssertionError if the script fails outside of its cases, or has none
   */
  public static List<Case> run(Path script, Map<String, String> environment, String... arguments)
      throws InterruptedException {
    Path node = LocalServer.program("node", "apt-get install nodejs");
    Path browser = LocalServer.program("chromium", "apt-get install chromium");
    require("node_modules/playwright-core");
    require("node_modules/axe-core");
    List<String> words = new ArrayList<>(List.of(node.toString(), script.toString()));
    words.addAll(List.of(arguments));
    ProcessBuilder command = new ProcessBuilder(words);
    command.environment().put("GILD_BROWSER", browser.toString());
    command.environment().put("GILD_BROWSER_PACKAGES", PACKAGES.toString());
    command.environment().putAll(environment);
    try {
      return run(command);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void require(String name) {
    boolean present = Files.isDirectory(PACKAGES.resolve(name));
    if (!present && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("CI must have what browser tests need: " + INSTALL);
    }
    Assumptions.assumeTrue(present, "to run this test, " + INSTALL);
  }

  private static List<Case> run(ProcessBuilder command) throws IOException, InterruptedException {
    Path errors = Files.createTempFile("gild-browser", ".txt");
    Process process = command.redirectError(errors.toFile()).start();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      List<Case> cases = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        cases.add(read(line));
      }
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new AssertionError("The script of the browser failed: " + Files.readString(errors));
      }
      if (cases.isEmpty()) {
        throw new AssertionError("The script of the browser has no cases: " + command.command());
      }
      return cases;
    } finally {
      process.destroyForcibly();
      Files.delete(errors);
    }
  }

  private static Case read(String line) {
    if (Json.read(line) instanceof Map<?, ?> result) {
      return new Case(
          String.valueOf(result.get("name")),
          "ok".equals(result.get("kind")),
          String.valueOf(result.get("text")));
    }
    throw new AssertionError("The script of the browser printed a line that is no case: " + line);
  }
}
