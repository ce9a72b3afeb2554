package io.gild.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.testkit.BrowserScript;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Runs the cases of one script of {@code src/test/browser} in a real browser. Where Node, Chromium
 * or the npm packages are missing, the tests are skipped with the reason, but not in CI.
 */
final class PageCases {

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
  static Stream<DynamicTest> of(String script, String... urls) throws InterruptedException {
    List<BrowserScript.Case> cases =
        BrowserScript.run(Path.of("src", "test", "browser", script), Map.of(), urls);
    assertThat(cases).hasSizeGreaterThan(2);
    return cases.stream().map(PageCases::test);
  }

  private static PageFixture fixture(int agents, boolean readOnly, String token)
      throws IOException {
    return new PageFixture(new PageFixture.Options(agents, readOnly, token, false), 0);
  }

  private static DynamicTest test(BrowserScript.Case each) {
    return DynamicTest.dynamicTest(
        each.name(),
        () -> {
          if (!each.text().isEmpty()) {
            System.out.println(each.name() + ": " + each.text());
          }
          assertThat(each.passed()).as(each.text()).isTrue();
        });
  }
}
