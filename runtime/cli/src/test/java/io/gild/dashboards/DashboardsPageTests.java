package io.gild.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The tables of docs/dashboards.md. */
class DashboardsPageTests {

  private static final Path PAGE = Path.of("../../docs/dashboards.md");
  private static final Vocabulary METERS = Vocabulary.ofClassPath();

  private static String dashboards() {
    return "| dashboard | row | panels |\n|---|---|---|\n"
        + Deployment.dashboards(METERS).stream()
            .flatMap(dashboard ->
                dashboard.rows().stream()
                    .map(row ->
                        "| %s | %s | %s |"
                            .formatted(
                                dashboard.title(),
                                row.title(),
                                row.panels().stream()
                                    .map(Panel::title)
                                    .collect(Collectors.joining("; ")))))
            .collect(Collectors.joining("\n"));
  }

  private static String alerts() {
    return "| alert | severity | must hold for |\n|---|---|---|\n"
        + AlertRules.of(METERS, Map.of()).alerts().stream()
            .map(alert ->
                "| `%s` | %s | %s |"
                    .formatted(
                        alert.name(),
                        alert.severity(),
                        alert.lasting().isEmpty() ? "–" : alert.lasting()))
            .collect(Collectors.joining("\n"));
  }

  /** Rewrite the page with {@code -Dgolden.rewrite=true}. */
  @Test
  void listsAllPanelsAndAlerts() throws IOException {
    String page = Files.readString(PAGE);
    String expected =
        replaced(replaced(page, "## Dashboards\n\n", dashboards()), "long window.\n\n", alerts());
    if (Boolean.getBoolean("golden.rewrite")) {
      Files.writeString(PAGE, expected);
    }

    assertThat(Files.readString(PAGE)).isEqualTo(expected);
  }

  /** Replaces the paragraph after a text. */
  private static String replaced(String page, String before, String table) {
    int start = page.indexOf(before) + before.length();
    return page.substring(0, start) + table + page.substring(page.indexOf("\n\n", start));
  }
}
