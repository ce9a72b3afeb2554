package io.gild.compiler;

import static io.gild.compiler.AgentCompiler.agent;
import static io.gild.compiler.AgentCompiler.registry;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The plugin works like the processor with {@code -Agild.weaving=only}, with the same messages. */
class GildPluginTests {

  private static final String ANSWERING =
      agent("  @Cached String answer(String question) { return question; }\n");

  /** The processor finds them on the class path, which a plugin does not see. */
  private static final String RESOURCES = "src/test/resources";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"SupportAgent", "GenericAgent"})
  void writesTheSameRegistryAsTheProcessor(String name) throws IOException {
    String source = AgentCompiler.resource("/goldens/" + name + ".java");

    Compilation compilation =
        new AgentCompiler()
            .plugin(folder, "resources=" + RESOURCES)
            .options("-Xlint:all", "-Werror")
            .compile(source);

    assertThat(messages(compilation)).isEmpty();
    assertThat(compilation.notes())
        .singleElement()
        .satisfies(note -> assertThat(note.getMessage(Locale.ROOT)).startsWith("[WeavingNeeded] "));
    Compilation processed = new AgentCompiler().options("-Agild.weaving=only").compile(source);
    assertThat(registered()).containsExactly("com.acme." + name + ".json");
    assertThat(written("com.acme." + name)).isEqualTo(registry(processed, "com.acme." + name));
  }

  static Stream<Arguments> mistakes() {
    return Stream.concat(MessagesTests.mistakes(), MessagesTests.noModules());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void reportsTheSameMistakesAsTheProcessor(String message, List<String> sources) {
    String[] all = sources.toArray(String[]::new);
    boolean absent = message.contains("NoModule");

    Compilation compilation =
        compiler(absent).plugin(folder, "resources=" + RESOURCES).compile(all);

    Compilation processed =
        compiler(absent)
            .options("-Agild.weaving=only", "-Agild.resources=" + RESOURCES)
            .compile(all);
    assertThat(messages(compilation)).isEqualTo(messages(processed));
  }

  private static AgentCompiler compiler(boolean withoutModules) {
    AgentCompiler compiler = new AgentCompiler();
    return withoutModules ? compiler.withoutModules() : compiler;
  }

  @Test
  void findsNestedAgentsAndSeveralInOneFile() throws IOException {
    new AgentCompiler()
        .plugin(folder)
        .compile(
            """
            package com.acme;
            import io.gild.annotations.*;
            class Outer {
              static class Middle {
                record Inner(String name) {
                  @Cached String answer(String question) { return question; }
                }
              }
            }
            class Beside {
              static String plain(String question, @Model String model) { return question; }
            }
            """);

    assertThat(registered()).contains("com.acme.Outer$Middle$Inner.json");
    assertThat(written("com.acme.Outer$Middle$Inner"))
        .contains("\"wrapper\": null", "\"name\": \"question\"", "\"woven\": true");
  }

  @Test
  void writesOnlyTheAgentThatChanged() throws IOException {
    String one = ANSWERING.replace("SupportAgent", "One");
    String two = ANSWERING.replace("SupportAgent", "Two");
    new AgentCompiler().plugin(folder).compile(one, two);
    Path marked = folder.resolve(RegistryFiles.AGENTS + "com.acme.One.json");
    Files.writeString(marked, "as it was");

    new AgentCompiler().plugin(folder).compile(two.replace("answer(", "reply("));

    assertThat(marked).hasContent("as it was");
    assertThat(written("com.acme.Two")).contains("\"reply\"").doesNotContain("\"answer\"");
  }

  @Test
  void warnsThatAnInterfaceGetsNoDecorator() throws IOException {
    Compilation compilation =
        new AgentCompiler()
            .plugin(folder)
            .compile(AgentCompiler.resource("/goldens/AgentInterface.java"));

    assertThat(compilation.errors()).isEmpty();
    assertThat(compilation.warnings())
        .singleElement()
        .satisfies(warning ->
            assertThat(warning.getMessage(Locale.ROOT))
                .startsWith("[InterfaceNoDecorator] AgentInterface is an interface."));
    assertThat(written("com.acme.AgentInterface")).contains("\"wrapper\": null");
  }

  @Test
  void waitsForClassesThatProcessorsWrite() throws IOException {
    Compilation compilation =
        new AgentCompiler()
            .options("-Xplugin:Gild classes=" + folder)
            .processors(new MakesAType())
            .compile(agent("  @Cached Made answer(String question) { return null; }\n"));

    assertThat(compilation.errors()).isEmpty();
    assertThat(written("com.acme.SupportAgent")).contains("\"returns\": \"com.acme.Made\"");
  }

  @Test
  void leavesTheWorkToThePlugin() throws IOException {
    Compilation compilation =
        new AgentCompiler().options("-Xplugin:Gild classes=" + folder).compile(ANSWERING);

    assertThat(compilation.errors()).isEmpty();
    assertThat(registered()).containsExactly("com.acme.SupportAgent.json");
    assertThat(compilation.generatedFiles())
        .noneMatch(file -> file.getName().contains("_Gild") || file.getName().endsWith(".json"));
  }

  @Test
  void acceptsBlanksInAFolder() throws IOException {
    Path blank = folder.resolve("with a blank");

    new AgentCompiler().plugin(blank, "resources=src/main/resources").compile(ANSWERING);

    assertThat(blank.resolve(RegistryFiles.AGENTS + "com.acme.SupportAgent.json")).exists();
  }

  @Test
  void readsSettingsAndResourcesOfTheProject() throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("gild.yaml"),
            "tiers:\n  own:\n    model: openai/gpt-4.1-nano\n    max-complexity: 1.0\n");
    Files.copy(Path.of(RESOURCES, "goldens/good.yaml"), folder.resolve("good.yaml"));
    String source =
        agent(
            """
              @Routed(tiers = "own")
              @GoldenTask(file = "good.yaml")
              String answer(String question) { return question; }
            """);

    Compilation with =
        new AgentCompiler()
            .plugin(folder.resolve("out"), "config=" + config, "resources=" + folder)
            .compile(source);
    Compilation without = new AgentCompiler().plugin(folder.resolve("out")).compile(source);

    assertThat(messages(with)).isEmpty();
    assertThat(messages(without))
        .hasSize(2)
        .anyMatch(each -> each.contains("[RoutedUnknownTier]"))
        .anyMatch(each -> each.contains("[GoldenMissingFile]"));
  }

  @Test
  void reportsWrongArguments() {
    Compilation none = new AgentCompiler().processors().options("-Xplugin:Gild").compile(ANSWERING);
    Compilation unknown = new AgentCompiler().plugin(folder, "resource=x").compile(ANSWERING);

    assertThat(messages(none))
        .singleElement()
        .asString()
        .contains(
            "[PluginNoClasses] -Xplugin:Gild needs the folder of class files. Write \"-Xplugin:Gild classes=folder\".");
    assertThat(messages(unknown))
        .singleElement()
        .asString()
        .contains(
            "[PluginUnknownArgument] -Xplugin:Gild has an unknown argument \"resource\"."
                + " Use classes, config and resources, each as name=value. Did you mean \"resources\"?");
  }

  private static List<String> messages(Compilation compilation) {
    return MessagesTests.ours(compilation).stream()
        .filter(each -> each.getKind() != Diagnostic.Kind.NOTE)
        .map(GildPluginTests::messages)
        .toList();
  }

  private static String messages(Diagnostic<?> each) {
    return "%s:%d:%d %s"
        .formatted(
            each.getKind(),
            each.getLineNumber(),
            each.getColumnNumber(),
            each.getMessage(Locale.ROOT));
  }

  private List<String> registered() throws IOException {
    Path agents = folder.resolve(RegistryFiles.AGENTS);
    if (!Files.exists(agents)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(agents)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private String written(String type) throws IOException {
    return Files.readString(folder.resolve(RegistryFiles.AGENTS + type + ".json"));
  }

  /** Writes the type that an agent names, as processors of mappers and data classes do. */
  @SupportedAnnotationTypes("*")
  private static final class MakesAType extends AbstractProcessor {

    private boolean made;

    @Override
    public SourceVersion getSupportedSourceVersion() {
      return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
      if (!made) {
        made = true;
        try (Writer source =
            processingEnv.getFiler().createSourceFile("com.acme.Made").openWriter()) {
          source.write("package com.acme; public class Made {}");
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return false;
    }
  }
}
