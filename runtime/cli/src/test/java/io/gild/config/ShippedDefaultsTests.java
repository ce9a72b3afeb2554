package io.gild.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.gild.annotations.Bulkhead;
import io.gild.annotations.Cached;
import io.gild.annotations.CircuitBreaker;
import io.gild.annotations.CostTracked;
import io.gild.annotations.Experience;
import io.gild.annotations.Fallback;
import io.gild.annotations.RateLimit;
import io.gild.annotations.Recall;
import io.gild.annotations.Remember;
import io.gild.annotations.Retry;
import io.gild.annotations.Routed;
import io.gild.annotations.TimeLimit;
import io.gild.config.spi.SettingsModule;
import io.gild.core.Context;
import io.gild.core.ModelHosts;
import io.gild.core.Tier;
import io.gild.core.spi.GildModule;
import io.gild.gates.Gate;
import io.gild.gates.Gates;
import io.gild.golden.GoldenFile;
import io.gild.observability.Observability;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedDefaultsTests {

  static Stream<Arguments> policyAnnotations() {
    return Stream.of(
        Arguments.of("cache", Cached.class),
        Arguments.of("route", Routed.class),
        Arguments.of("cost", CostTracked.class),
        Arguments.of("rate-limit", RateLimit.class),
        Arguments.of("bulkhead", Bulkhead.class),
        Arguments.of("retry", Retry.class),
        Arguments.of("circuit-breaker", CircuitBreaker.class),
        Arguments.of("time-limit", TimeLimit.class),
        Arguments.of("fallback", Fallback.class),
        Arguments.of("remember", Remember.class),
        Arguments.of("recall", Recall.class),
        Arguments.of("experience", Experience.class));
  }

  @ParameterizedTest
  @MethodSource("policyAnnotations")
  void equalTheDefaultsOfTheAnnotations(String kind, Class<?> annotation) {
    Map<String, String> declared = new TreeMap<>();
    for (Method attribute : annotation.getDeclaredMethods()) {
      declared.put(Keys.kebab(attribute.getName()), text(attribute.getDefaultValue()));
    }
    Map<String, String> shipped = new TreeMap<>();
    Shipped.policyDefaults()
        .child(kind)
        .toMap()
        .forEach((key, value) -> shipped.put(key, text(value)));

    assertThat(shipped).isEqualTo(declared);
  }

  @Test
  void coverEveryKindOfPolicyInTheOrderOfThePipeline() {
    assertThat(Shipped.policyDefaults().keys())
        .containsExactlyInAnyOrderElementsOf(PolicySection.keys());
    assertThat(PolicySection.keys())
        .isEqualTo(PolicyTypes.all().stream().map(PolicyType::key).toList());
  }

  /** Rewrite the files with {@code -Dgolden.rewrite=true}. */
  @Test
  void theJsonEqualsTheYaml() throws IOException {
    Map<String, Object> files = new LinkedHashMap<>();
    Shipped.FILES.forEach(file -> files.put(file, yaml(file).toMap()));
    files.put("modules", pathsOfModules());
    assertGolden("shipped.json", Json.pretty(files));
    assertGolden("prices.json", yaml("prices.yaml").toJson() + "\n");
  }

  @Test
  void thePricesAreOfTheSourceAndDateThatTheirFileNames() throws IOException {
    assertThat(Files.readString(Path.of("../../config/defaults/prices.yaml")))
        .contains("taken on " + PriceSource.SHIPPED.date() + " from " + PriceSource.SHIPPED.name());
  }

  /** Returns what the modules of governed calls declare; core itself is never absent. */
  private static Map<String, List<String>> pathsOfModules() {
    Map<String, List<String>> paths = new TreeMap<>();
    for (SettingsModule module : ServiceLoader.load(SettingsModule.class)) {
      if (module instanceof GildModule && !module.name().equals("core")) {
        List<String> own = new ArrayList<>();
        module.policies().forEach(type -> own.add(AbsentModules.POLICY + type.key()));
        module.sections().forEach(section -> own.addAll(paths(section)));
        paths.put(module.name(), own);
      }
    }
    return paths;
  }

  /** A section of which each module declares a part has the paths of that part. */
  private static List<String> paths(Section<?> section) {
    if (Sections.byKey().getOrDefault(section.key(), List.of()).size() == 1) {
      return List.of(section.key());
    }
    return RecordShape.of((Class<?>) section.type()).keys().stream()
        .map(key -> Keys.join(section.key(), key))
        .toList();
  }

  private static PolicyTree yaml(String file) {
    Problems problems = new Problems();
    PolicyTree tree = YamlText.readTree(file, Shipped.text(file), problems);
    problems.throwIfAny();
    return tree;
  }

  private static void assertGolden(String file, String expected) throws IOException {
    Path path = Path.of("../../config/src/main/resources/io/gild/config", file);
    if (Boolean.getBoolean("golden.rewrite")) {
      Files.writeString(path, expected);
    }
    assertThat(path).hasContent(expected);
  }

  /** The binder does not read the annotations: that would load dozens of classes before main. */
  @Test
  void modulesDeclareWhichComponentsMayBeNull() {
    Set<Class<?>> records = new LinkedHashSet<>();
    Sections.byKey()
        .values()
        .forEach(sections -> sections.forEach(section -> collect(section.type(), records)));
    PolicyTypes.all().forEach(type -> collect(type.record(), records));

    assertThat(records).hasSizeGreaterThan(20);
    for (Class<?> record : records) {
      for (RecordComponent component : record.getRecordComponents()) {
        assertThat(
                Sections.optional()
                    .getOrDefault(record, List.of())
                    .contains(Keys.kebab(component.getName())))
            .as(component.toString())
            .isEqualTo(component.getAnnotatedType().isAnnotationPresent(Nullable.class));
      }
    }
  }

  private static void collect(Type type, Set<Class<?>> records) {
    if (type instanceof ParameterizedType generic) {
      for (Type argument : generic.getActualTypeArguments()) {
        collect(argument, records);
      }
    } else if (((Class<?>) type).isRecord()
        && type != PolicySection.class
        && records.add((Class<?>) type)) {
      for (RecordComponent component : ((Class<?>) type).getRecordComponents()) {
        collect(component.getGenericType(), records);
      }
    }
  }

  @Test
  void goldenTasksAreValid() {
    assertThat(GoldenFile.read("golden_tasks.yaml", Shipped.text("golden_tasks.yaml")).tasks())
        .extracting(task -> task.spec().agent())
        .containsExactly(
            "financial-analyst",
            "financial-analyst",
            "financial-analyst",
            "product-manager",
            "product-manager",
            "product-manager",
            "customer-support",
            "customer-support",
            "customer-support");
  }

  @Test
  void areFourTiersAndThreeGates() {
    Settings settings = Settings.defaults();

    assertThat(settings.get(Tier.SECTION).keySet())
        .containsExactly("local", "small", "medium", "large");
    assertThat(Arrays.stream(Gates.Stage.values()).map(settings.get(Gates.SECTION)::of))
        .extracting(Gate::passRate, Gate::decide, Gate::confidence)
        .containsExactly(
            tuple(0.80, Gate.Decide.RATE, 0.95),
            tuple(0.95, Gate.Decide.LOWER_BOUND, 0.95),
            tuple(0.99, Gate.Decide.LOWER_BOUND, 0.95));
    assertThat(settings.mode()).isEqualTo(Mode.OBSERVE);
    assertThat(settings.enabled()).isTrue();
    assertThat(settings.data()).hasToString(".gild");
    assertThat(settings.get(Observability.SECTION))
        .satisfies(shown -> {
          assertThat(shown.prometheusPort()).isNull();
          assertThat(shown.log()).isTrue();
          assertThat(shown.callLog()).isNull();
          assertThat(shown.report()).isNull();
        });
    assertThat(settings.get(ModelHosts.SECTION).modelHosts())
        .contains("api.openai.com", "*.openai.azure.com");
    assertThat(settings.get(Context.SECTION).pools()).isTrue();
    assertThat(settings.get(Tier.SECTION)).containsEntry("local", new Tier("", 0.15));
    assertThat(settings.get(Tier.SECTION).values().stream().filter(Tier::available))
        .allSatisfy(tier -> assertThat(PriceTable.of(settings).find(tier.model())).isPresent());
  }

  /** Brings annotation values and tree values to one spelling. */
  private static String text(Object value) {
    if (value == void.class) {
      return ""; // no class
    }
    if (value instanceof Object[] array) {
      return List.of(array).toString();
    }
    if (value instanceof Number number) {
      return String.valueOf(number.doubleValue());
    }
    return String.valueOf(value).toLowerCase(Locale.ROOT);
  }
}
