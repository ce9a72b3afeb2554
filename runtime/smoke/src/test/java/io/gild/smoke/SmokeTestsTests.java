package io.gild.smoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.gild.config.Settings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class SmokeTestsTests {

  @TempDir Path folder;

  private Map<String, Throwable> run(String url) {
    Settings settings = Settings.builder().yaml("gild.yaml", "data: " + folder).build();
    Map<String, Throwable> results = new LinkedHashMap<>();
    for (DynamicTest each : SmokeTests.of(url, settings).toList()) {
      results.put(each.getDisplayName(), catchThrowable(() -> each.getExecutable().execute()));
    }
    return results;
  }

  @Test
  void abortsWhatIsNotApplicable() throws Exception {
    Settings own = Settings.builder().yaml("gild.yaml", "data: " + folder.resolve("app")).build();
    try (DeskApplication application = DeskApplication.start(own, question -> "30 days")) {
      Map<String, Throwable> results = run(application.url());

      assertThat(results.get("health")).isNull();
      assertThat(results.get("agent-call")).isInstanceOf(TestAbortedException.class);
      assertThat(results.get("any-passed")).isNull();
      assertThat(results).hasSize(9);
    }
  }

  @Test
  void failsIfNothingIsThere() {
    Map<String, Throwable> results = run("http://127.0.0.1:1");

    assertThat(results.get("health")).isInstanceOf(AssertionFailedError.class);
  }
}
