package io.gild.gates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A real browser without a window; where there is none, its tests are skipped, but not in CI. */
final class Chromium {

  private final Path folder;
  private final Path program;

  Chromium(Path folder) {
    Optional<Path> found =
        Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
            .flatMap(place ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(name -> Path.of(place, name)))
            .filter(Files::isExecutable)
            .findFirst();
    if ("true".equals(System.getenv("CI"))) {
      assertThat(found).as("CI must have Chromium; apt-get install chromium").isPresent();
    }
    assumeTrue(found.isPresent(), "no chromium, chromium-browser or google-chrome on the PATH");
    this.folder = folder;
    this.program = found.orElseThrow();
  }

  /** Returns the document after its scripts have run. */
  String dom(Path page, String hash) throws IOException, InterruptedException {
    Path out = folder.resolve("dom.html");
    List<String> command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-extensions",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + folder.resolve("profile"),
                "--dump-dom",
                page.toUri() + hash));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(folder.resolve("errors.txt").toFile())
            .start();
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(
          "Chromium did not end: " + Files.readString(folder.resolve("errors.txt")));
    }
    return Files.readString(out);
  }

  /** Returns the first group of each match. */
  static List<String> all(String pattern, String dom) {
    List<String> found = new ArrayList<>();
    Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(dom);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }
}
