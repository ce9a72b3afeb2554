package io.gild.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Json;
import io.gild.core.spi.MeterSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Grafana's dashboard linter checks, and more, of each dashboard. */
class DashboardLintTests {

  private static final Vocabulary METERS = Vocabulary.ofClassPath();
  private static final Pattern NAME = Pattern.compile("\\b(gild|gen_ai)_[a-z0-9_]+(?=\\{)");
  private static final Pattern RATE = Pattern.compile("\\b(rate|irate)\\([^\\[]*\\[([^\\]]+)\\]");

  /**
   * Burn rates have the windows of the alerts; checks of answers are too few for less than an hour.
   */
  private static final Set<String> FIXED_WINDOWS = Set.of("1h", "6h", "3d");

  static Stream<Map<?, ?>> dashboards() {
    return Deployment.of(METERS, Map.of()).files().entrySet().stream()
        .filter(file -> file.getKey().startsWith("grafana/dashboards/"))
        .map(file -> (Map<?, ?>) Json.read(file.getValue()));
  }

  private static List<Map<?, ?>> list(Object value) {
    List<Map<?, ?>> maps = new ArrayList<>();
    ((List<?>) value).forEach(each -> maps.add((Map<?, ?>) each));
    return maps;
  }

  private static List<Map<?, ?>> panels(Map<?, ?> dashboard) {
    return list(dashboard.get("panels")).stream()
        .filter(panel -> !"row".equals(panel.get("type")))
        .toList();
  }

  private static Stream<String> expressions(Map<?, ?> dashboard) {
    return panels(dashboard).stream()
        .flatMap(panel -> list(panel.get("targets")).stream())
        .map(target -> (String) target.get("expr"));
  }

  @Test
  void thereAreFourWithMoreThanThirtyPanels() {
    List<Dashboard> all = Deployment.dashboards(METERS);

    assertThat(all).hasSize(4);
    assertThat(all.stream().mapToInt(each -> each.panels().size()).sum()).isGreaterThan(50);
    assertThat(all).extracting(Dashboard::uid).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void hasTheVariablesThatQueriesUse(Map<?, ?> dashboard) {
    List<Map<?, ?>> variables = list(((Map<?, ?>) dashboard.get("templating")).get("list"));

    assertThat(variables)
        .filteredOn(variable -> "datasource".equals(variable.get("type")))
        .singleElement()
        .satisfies(variable -> {
          assertThat(variable.get("name")).isEqualTo("datasource");
          assertThat(variable.get("label")).isEqualTo("Data Source");
        });
    assertThat(variables)
        .filteredOn(variable -> "query".equals(variable.get("type")))
        .extracting(variable -> variable.get("name"))
        .isEqualTo(List.of("job", "instance", "agent"));
    assertThat(variables)
        .filteredOn(variable -> "query".equals(variable.get("type")))
        .allSatisfy(variable -> {
          assertThat(variable.get("label")).isEqualTo(variable.get("name"));
          assertThat(((Map<?, ?>) variable.get("datasource")).get("uid"))
              .isEqualTo("${datasource}");
          assertThat(variable.get("multi")).isEqualTo(true);
          assertThat(variable.get("allValue")).isEqualTo(".+");
          assertThat(((Number) variable.get("refresh")).intValue()).isEqualTo(2);
        });
    Set<String> names = new HashSet<>();
    variables.forEach(variable -> names.add("$" + variable.get("name")));
    names.addAll(Set.of("$__rate_interval", "$__range"));
    expressions(dashboard)
        .forEach(expression -> {
          Matcher used = Pattern.compile("\\$[a-z_]+").matcher(expression);
          while (used.find()) {
            assertThat(names).as(expression).contains(used.group());
          }
        });
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void hasPanelsThatExplainThemselves(Map<?, ?> dashboard) {
    assertThat(dashboard.get("editable")).isEqualTo(false);
    assertThat(((Number) dashboard.get("schemaVersion")).intValue()).isEqualTo(42);
    assertThat(panels(dashboard))
        .allSatisfy(panel -> {
          String title = (String) panel.get("title");
          assertThat(title).isNotBlank();
          assertThat((String) panel.get("description"))
              .as(title)
              .endsWith(".")
              .hasSizeGreaterThan(30);
          assertThat(((Map<?, ?>) panel.get("datasource")).get("uid")).isEqualTo("${datasource}");
          assertThat(list(panel.get("targets"))).as(title).isNotEmpty();
          Map<?, ?> defaults = (Map<?, ?>) ((Map<?, ?>) panel.get("fieldConfig")).get("defaults");
          assertThat((String) defaults.get("unit")).as(title).isNotBlank();
          int steps = list(((Map<?, ?>) defaults.get("thresholds")).get("steps")).size();
          assertThat(steps).as(title).isIn(1, 3);
          assertThat(((String) panel.get("description")).contains("Amber"))
              .as(title)
              .isEqualTo(steps == 3);
        });
    assertThat(panels(dashboard)).extracting(panel -> panel.get("title")).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void namesOnlyMetersThatModulesDeclare(Map<?, ?> dashboard) {
    Set<String> known = new HashSet<>();
    for (MeterSpec spec : METERS.meters()) {
      known.add(spec.prometheusName());
      Stream.of("_bucket", "_count", "_sum")
          .map(end -> spec.prometheusName() + end)
          .forEach(known::add);
    }
    expressions(dashboard)
        .forEach(expression -> {
          Matcher name = NAME.matcher(expression);
          assertThat(name.find()).as(expression).isTrue();
          do {
            assertThat(known).as(expression).contains(name.group());
          } while (name.find());
        });
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void choosesJobAndInstanceInEachSelector(Map<?, ?> dashboard) {
    expressions(dashboard)
        .forEach(expression -> {
          Matcher selector = Pattern.compile("\\{([^}]*)\\}").matcher(expression);
          while (selector.find()) {
            assertThat(selector.group(1))
                .as(expression)
                .startsWith("job=~\"$job\",instance=~\"$instance\"");
          }
        });
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void takesRatesOverTheIntervalOfThePanel(Map<?, ?> dashboard) {
    expressions(dashboard)
        .forEach(expression -> {
          Matcher rate = RATE.matcher(expression);
          while (rate.find()) {
            assertThat(
                    rate.group(2).equals("$__rate_interval")
                        || FIXED_WINDOWS.contains(rate.group(2)))
                .as(expression)
                .isTrue();
          }
          Matcher counter =
              Pattern.compile("([a-z_(]*)\\b(gild|gen_ai)_[a-z0-9_]+_total\\{").matcher(expression);
          while (counter.find()) {
            assertThat(counter.group(1)).as(expression).matches(".*(rate|increase)\\(");
          }
        });
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void placesPanelsWithoutOverlap(Map<?, ?> dashboard) {
    Set<String> taken = new HashSet<>();
    Set<Object> ids = new HashSet<>();
    for (Map<?, ?> panel : list(dashboard.get("panels"))) {
      assertThat(ids.add(panel.get("id"))).isTrue();
      Map<?, ?> place = (Map<?, ?>) panel.get("gridPos");
      int x = ((Number) place.get("x")).intValue();
      int y = ((Number) place.get("y")).intValue();
      int right = x + ((Number) place.get("w")).intValue();
      assertThat(right).as("" + panel.get("title")).isLessThanOrEqualTo(24);
      for (int column = x; column < right; column++) {
        for (int line = y; line < y + ((Number) place.get("h")).intValue(); line++) {
          assertThat(taken.add(column + "," + line)).as("" + panel.get("title")).isTrue();
        }
      }
    }
  }
}
