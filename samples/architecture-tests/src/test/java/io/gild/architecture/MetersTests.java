package io.gild.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import io.gild.config.spi.SettingsModule;
import io.gild.core.spi.GildModule;
import io.gild.core.spi.MeterSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Each module declares its meters, and the documentation lists them all. */
class MetersTests {

  private static final Path PAGE = Path.of("../../docs/observability.md");
  private static final String BEGIN = "<!-- meters -->\n";
  private static final String END = "<!-- end of meters -->\n";

  /** Meters by the modules that declare them. */
  private static TreeMap<String, List<MeterSpec>> declared() {
    TreeMap<String, List<MeterSpec>> declared = new TreeMap<>();
    for (SettingsModule module : ServiceLoader.load(SettingsModule.class)) {
      if (module instanceof GildModule known && !known.meters().isEmpty()) {
        declared.put(known.name(), known.meters());
      }
    }
    return declared;
  }

  private static List<MeterSpec> all() {
    return declared().values().stream().flatMap(List::stream).toList();
  }

  @Test
  void declareEachNameOnce() {
    List<MeterSpec> all = all();

    assertThat(all).hasSizeGreaterThan(60);
    assertThat(all.stream().map(MeterSpec::name)).doesNotHaveDuplicates();
    assertThat(all.stream().map(MeterSpec::prometheusName)).doesNotHaveDuplicates();
  }

  @Test
  void declareEveryConstantOfTheirEnums() {
    Set<MeterSpec> constants = new HashSet<>();
    for (JavaClass each : House.CLASSES) {
      if (each.isEnum() && each.getSimpleName().endsWith("Meter")) {
        for (Object constant : each.reflect().getEnumConstants()) {
          constants.add(spec(constant));
        }
      }
    }

    assertThat(all()).containsExactlyInAnyOrderElementsOf(constants);
  }

  private static MeterSpec spec(Object constant) {
    try {
      return (MeterSpec) constant.getClass().getMethod("spec").invoke(constant);
    } catch (ReflectiveOperationException fault) {
      throw new AssertionError(constant + " must have a public method spec()", fault);
    }
  }

  @Test
  void describeWhatTheyMeasure() {
    assertThat(all())
        .allSatisfy(spec -> {
          assertThat(spec.description()).as(spec.name()).isNotBlank().doesNotEndWith(".");
          assertThat(spec.name()).as(spec.name()).matches("(gild|gen_ai)\\..+");
          assertThat(spec.tags()).as(spec.name()).doesNotHaveDuplicates().doesNotContain("le");
        });
  }

  /** Rewrite the table with {@code -Dgolden.rewrite=true}. */
  @Test
  void areInTheDocumentation() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    assertThat(end).isGreaterThanOrEqualTo(begin);
    if (Boolean.getBoolean("golden.rewrite")) {
      Files.writeString(PAGE, page.substring(0, begin) + table() + page.substring(end));
    }
    assertThat(Files.readString(PAGE).substring(begin)).startsWith(table() + END);
  }

  private static String table() {
    List<String> rows = new ArrayList<>();
    rows.add("| meter, by module | Prometheus | tags | what |");
    rows.add("|---|---|---|---|");
    declared()
        .forEach((module, specs) -> {
          rows.add("| **" + module + "** | | | |");
          specs.forEach(spec -> rows.add(row(spec)));
        });
    return String.join("\n", rows) + "\n";
  }

  private static String row(MeterSpec spec) {
    return "| `%s` | `%s` (%s) | %s | %s |"
        .formatted(
            spec.name(),
            spec.prometheusName(),
            spec.type().name().toLowerCase(Locale.ROOT),
            String.join(", ", spec.tags()),
            spec.description());
  }
}
