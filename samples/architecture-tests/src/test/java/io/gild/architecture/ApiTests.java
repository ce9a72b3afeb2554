package io.gild.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import io.gild.config.Experimental;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The stable API of the libraries: exported, public and not {@link Experimental}. */
class ApiTests {

  private static final Path ROOT = Path.of("../..");
  private static final Path PAGE = ROOT.resolve("docs/api.md");
  private static final String START = "<!-- types -->\n";

  /** A program, not a library. */
  private static final Set<String> PROGRAMS = Set.of("runtime/cli");

  static final List<House> LIBRARIES =
      House.MODULES.stream()
          .filter(module -> !module.folder().contains("/") || module.folder().startsWith("runtime"))
          .filter(module -> !PROGRAMS.contains(module.folder()))
          .toList();

  /** Services of optional libraries: a module that provides one of them does not start without. */
  private static final Set<String> ON_THE_CLASS_PATH =
      Set.of("org.apache.logging.log4j.core.util.ContextDataProvider");

  /** A missing descriptor fails here, with the name of its file. */
  @ParameterizedTest
  @FieldSource("LIBRARIES")
  void libraryExportsItsPackages(House library) throws IOException {
    Set<String> packages =
        library.classes().map(JavaClass::getPackageName).collect(Collectors.toSet());

    assertThat(exported(library)).isEqualTo(packages);
  }

  /** On a module path the files of META-INF/services are ignored. */
  @ParameterizedTest
  @FieldSource("LIBRARIES")
  void libraryProvidesTheSameServicesOnEitherPath(House library) throws IOException {
    Map<String, List<String>> provided = new TreeMap<>();
    descriptor(library)
        .provides()
        .forEach(service -> provided.put(service.service(), service.providers()));

    assertThat(provided).isEqualTo(services(library));
  }

  @Test
  void pageListsAllStableTypes() throws IOException {
    StringBuilder list = new StringBuilder();
    for (House library : LIBRARIES) {
      Map<String, List<String>> stable = stableTypes(library);
      stable.forEach((name, types) ->
          list.append("| `")
              .append(name)
              .append("` | ")
              .append(String.join(", ", types))
              .append(" |\n"));
    }
    String page = Files.readString(PAGE);
    int start = page.indexOf(START) + START.length();
    String expected = page.substring(0, start) + "| package | types |\n|---|---|\n" + list;
    if (Boolean.getBoolean("golden.rewrite")) {
      Files.writeString(PAGE, expected);
    }

    assertThat(PAGE).hasContent(expected);
    assertThat(LIBRARIES).hasSizeGreaterThanOrEqualTo(12);
  }

  @ParameterizedTest
  @FieldSource("LIBRARIES")
  void stableTypesReferToStableTypesOnly(House library) {
    List<String> broken = new ArrayList<>();
    library
        .classes()
        .filter(ApiTests::isStable)
        .forEach(type ->
            members(type)
                .forEach(member ->
                    mentioned(member)
                        .filter(named -> House.of(named).isPresent() && !isStable(named))
                        .forEach(named ->
                            broken.add(member.getFullName() + " names " + named.getName()))));

    assertThat(broken).isEmpty();
  }

  private static Map<String, List<String>> stableTypes(House library) {
    Map<String, List<String>> types = new TreeMap<>();
    library
        .classes()
        .filter(type -> type.isTopLevelClass() && isStable(type))
        .forEach(type ->
            types
                .computeIfAbsent(type.getPackageName(), absent -> new ArrayList<>())
                .add(type.getSimpleName()));
    types.values().forEach(names -> names.sort(null));
    types.replaceAll((name, names) -> names.stream().map(each -> "`" + each + "`").toList());
    return types;
  }

  private static boolean isStable(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && !isExperimental(type)
        && type.getEnclosingClass().map(ApiTests::isStable).orElse(true);
  }

  private static boolean isExperimental(CanBeAnnotated marked) {
    return marked.isAnnotatedWith(Experimental.class);
  }

  private static Stream<JavaMember> members(JavaClass type) {
    return type.getMembers().stream()
        .filter(member ->
            member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED))
        .filter(member -> !member.getModifiers().contains(JavaModifier.SYNTHETIC))
        .filter(member -> !isExperimental(member));
  }

  private static Stream<JavaClass> mentioned(JavaMember member) {
    Set<JavaClass> types = new LinkedHashSet<>();
    if (member instanceof JavaField field) {
      types.addAll(field.getType().getAllInvolvedRawTypes());
    } else if (member instanceof JavaCodeUnit unit) {
      unit.getParameterTypes().forEach(type -> types.addAll(type.getAllInvolvedRawTypes()));
      unit.getReturnType().getAllInvolvedRawTypes().forEach(types::add);
    }
    return types.stream().map(JavaClass::getBaseComponentType);
  }

  private static Set<String> exported(House library) throws IOException {
    return descriptor(library).exports().stream()
        .filter(export -> !export.isQualified())
        .map(ModuleDescriptor.Exports::source)
        .collect(Collectors.toSet());
  }

  private static ModuleDescriptor descriptor(House library) throws IOException {
    Path file = ROOT.resolve(library.folder()).resolve("target/classes/module-info.class");
    try (InputStream in = Files.newInputStream(file)) {
      return ModuleDescriptor.read(in);
    }
  }

  private static Map<String, List<String>> services(House library) throws IOException {
    Map<String, List<String>> services = new TreeMap<>();
    Path folder = ROOT.resolve(library.folder()).resolve("target/classes/META-INF/services");
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          if (!ON_THE_CLASS_PATH.contains(file.getFileName().toString())) {
            services.put(file.getFileName().toString(), Files.readAllLines(file));
          }
        }
      }
    }
    return services;
  }
}
