package io.gild.compiler;

import static io.gild.compiler.AgentCompiler.agent;
import static io.gild.compiler.AgentCompiler.file;
import static io.gild.compiler.AgentCompiler.generatedSource;
import static io.gild.compiler.AgentCompiler.load;
import static io.gild.compiler.AgentCompiler.registry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.testing.compile.Compilation;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GildProcessorTests {

  private static final Path GOLDENS = Path.of("src/test/resources/goldens");

  /** Rewrite the files with {@code -Dgolden.rewrite=true}. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SupportAgent",
        "GenericAgent",
        "AgentInterface",
        "RememberingAgent",
        "SkilledAgent"
      })
  void writesTheGoldenFiles(String name) throws IOException {
    String source = AgentCompiler.resource("/goldens/" + name + ".java");

    Compilation compilation =
        new AgentCompiler().options("-Xlint:all,-processing", "-Werror").compile(source);

    assertThat(compilation.diagnostics()).isEmpty();
    assertGolden(name + "_Gild.java", generatedSource(compilation, "com.acme." + name + "_Gild"));
    assertGolden(name + ".json", registry(compilation, "com.acme." + name));
  }

  @Test
  void writesTheCardOfAnAgentWithSkills() throws IOException {
    Compilation compilation =
        new AgentCompiler().compile(AgentCompiler.resource("/goldens/SkilledAgent.java"));

    assertGolden(
        "SkilledAgent.card.json",
        file(compilation, "META-INF/gild/cards/com.acme.SkilledAgent.json"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void wrapperGovernsEveryShapeOfMethod(boolean detached) throws Exception {
    ClassLoader loader =
        load(new AgentCompiler().compile(AgentCompiler.resource("/goldens/SupportAgent.java")));
    Class<?> stub = loader.loadClass("io.gild.core.WrappedMethod");
    stub.getField("detached").set(null, detached);
    @SuppressWarnings("unchecked") // the stub's log
    List<String> log = (List<String>) stub.getField("LOG").get(null);
    Object agent = create(loader.loadClass("com.acme.SupportAgent_Gild"), "acme");

    assertThat(loader.loadClass("io.gild.core.Governed"))
        .matches(type -> ((Class<?>) type).isInstance(agent));
    assertThat(call(agent, "answer", "hello")).isEqualTo("acme: hello");
    assertThat(call(agent, "count", 2, 3L)).isEqualTo(5L);
    assertThat(call(agent, "join", "a", new String[] {"b", "c"})).isEqualTo("a[b, c]");
    assertThat(call(agent, "only", (Object) new String[] {"b", "c"})).isEqualTo(2);
    assertThat(call(agent, "reset")).isNull();
    assertThat(call(agent, "flaky")).isEqualTo("second");
    assertThat(call(agent, "twice", "x")).isEqualTo("acme: xacme: x");
    assertThatThrownBy(() -> call(agent, "refuse", "no"))
        .isInstanceOf(IOException.class)
        .hasMessage("no");
    if (!detached) {
      assertThat(call(agent, "routed", "q", null)).isEqualTo("q by routed-model");
    }
    String prefix = detached ? "detached " : "";
    assertThat(log)
        .contains(
            prefix + "SupportAgent.answer(Ljava/lang/String;)Ljava/lang/String; 1",
            prefix + "SupportAgent.join(Ljava/lang/String;[Ljava/lang/String;)Ljava/lang/String; 2",
            prefix + "SupportAgent.only([Ljava/lang/String;)I 1",
            prefix + "SupportAgent.reset()V 0");
  }

  @Test
  void governsSelfInvocations() throws Exception {
    ClassLoader loader =
        load(new AgentCompiler().compile(AgentCompiler.resource("/goldens/SupportAgent.java")));
    @SuppressWarnings("unchecked") // the stub's log
    List<String> log =
        (List<String>) loader.loadClass("io.gild.core.WrappedMethod").getField("LOG").get(null);

    call(create(loader.loadClass("com.acme.SupportAgent_Gild"), "acme"), "twice", "x");

    assertThat(log).hasSize(2).allMatch(line -> line.startsWith("SupportAgent.answer"));
  }

  @Test
  void factoryCreatesAGovernedAgent() throws Exception {
    ClassLoader loader =
        load(new AgentCompiler().compile(AgentCompiler.resource("/goldens/SupportAgent.java")));
    Class<?> wrapper = loader.loadClass("com.acme.SupportAgent_Gild");

    Method factory = wrapper.getDeclaredMethod("gilded", String.class);
    factory.setAccessible(true);

    assertThat(factory.getReturnType().getSimpleName()).isEqualTo("SupportAgent");
    assertThat(factory.invoke(null, "acme")).isInstanceOf(wrapper);
  }

  @Test
  void decoratorGovernsAnInterface() throws Exception {
    ClassLoader loader =
        load(
            new AgentCompiler()
                .compile(
                    AgentCompiler.resource("/goldens/AgentInterface.java"),
                    """
                    package com.acme;
                    public class Impl implements AgentInterface<String> {
                      public String answer(String question) { return "answer " + question; }
                      public String plain() { return "plain"; }
                      public void inherited(String value) {}
                    }
                    """));
    Object delegate = create(loader.loadClass("com.acme.Impl"));
    Constructor<?> constructor =
        loader.loadClass("com.acme.AgentInterface_Gild").getDeclaredConstructors()[0];
    constructor.setAccessible(true);
    Object agent = constructor.newInstance(delegate);

    assertThat(call(agent, "answer", "q")).isEqualTo("answer q");
    assertThat(call(agent, "plain")).isEqualTo("plain");
    assertThat(call(agent, "greet", "x")).isEqualTo("hello x");
  }

  @Test
  void weavingAcceptsMethodsThatCannotBeOverridden() {
    Compilation compilation =
        new AgentCompiler()
            .options("-Agild.weaving=true")
            .compile(
                """
                package com.acme;
                import io.gild.annotations.*;
                public final class Sealed {
                  @Cached public static String answer(String question) { return question; }
                }
                """,
                agent(
                    """
                      @Cached final String fixed(String question) { return question; }
                      @Cached String open(String question) { return question; }
                    """));

    assertThat(compilation.errors()).isEmpty();
    assertThat(registry(compilation, "com.acme.Sealed")).contains("\"wrapper\": null");
    assertThat(compilation.generatedSourceFile("com.acme.Sealed_Gild")).isEmpty();
    assertThat(generatedSource(compilation, "com.acme.SupportAgent_Gild"))
        .contains("String open(")
        .doesNotContain("String fixed(");
    assertThat(registry(compilation, "com.acme.SupportAgent"))
        .containsOnlyOnce("\"woven\": true")
        .containsSubsequence("fixed", "\"woven\": true", "open");
  }

  @Test
  void weavingOnlyWritesWrappersForInterfacesOnly() {
    Compilation compilation =
        new AgentCompiler()
            .options("-Agild.weaving=only")
            .compile(
                agent("  @Cached String open(String question) { return question; }\n"),
                AgentCompiler.resource("/goldens/AgentInterface.java"));

    assertThat(compilation.errors()).isEmpty();
    assertThat(compilation.generatedSourceFile("com.acme.SupportAgent_Gild")).isEmpty();
    assertThat(registry(compilation, "com.acme.SupportAgent"))
        .contains("\"wrapper\": null", "\"woven\": true");
    assertThat(compilation.generatedSourceFile("com.acme.AgentInterface_Gild")).isPresent();
  }

  @Test
  void rejectsAnUnknownValueOfWeaving() {
    Compilation compilation =
        new AgentCompiler()
            .options("-Agild.weaving=yes")
            .compile(agent("  @Cached String open(String question) { return question; }\n"));

    assertThat(compilation.errors())
        .singleElement()
        .asString()
        .contains("[WeavingBadValue] -Agild.weaving is \"yes\". Use one of false, true, only.");
  }

  @Test
  void knowsTiersAndBudgetsOfTheProject(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("gild.yaml"),
            """
            tiers: {huge: {model: gpt-5, max-complexity: 1}}
            budgets: {team: {limit: 5, period: 1d, per: none}}
            """);
    String source =
        agent(
            """
              @Routed(tiers = "huge") @CostTracked(budget = "team")
              String answer(String question) { return question; }
            """);

    assertThat(new AgentCompiler().compile(source).errors()).hasSize(2);
    assertThat(new AgentCompiler().options("-Agild.config=" + file).compile(source).errors())
        .isEmpty();
  }

  @Test
  void reportsBrokenSettingsWithTheirPlace(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("gild.yaml"), "mode: loud");

    Compilation compilation =
        new AgentCompiler()
            .options("-Agild.config=" + file)
            .compile(agent("  @Cached String answer(String q) { return q; }\n"));

    assertThat(compilation.errors())
        .singleElement()
        .asString()
        .contains(
            "[SettingsBroken] "
                + file
                + ":1:7: mode must be one of observe, enforce, but is \"loud\"");
  }

  static Stream<String> unknown() {
    return Stream.of(
            "Missing answer(String q) { return null; }",
            "List<? super Map<String, Missing[]>> answer(String q) { return null; }",
            "String answer(Missing q) { return null; }",
            "String answer(String q) throws Missing { return null; }",
            "<T extends Object & Missing> T answer(String q) { return null; }",
            "@Retry(retryExceptions = Missing.class) String answer(String q) { return null; }",
            "@Retry(retryExceptions = {Error.class, Missing.class}) String answer(String q) { return null; }",
            "@Routed(strategy = Missing.FAST) String answer(String q) { return null; }",
            "@GoldenTask(id = Missing.ID, expected = \"x\") String answer(String q) { return null; }",
            "String answer(String q) { return null; } Missing other() { return null; }",
            "String answer(String q) { return null; } SupportAgent(Missing m) {}")
        .map(method -> agent("  @Cached " + method + "\n"));
  }

  static Stream<String> unknownTypes() {
    return Stream.of(
            "class SupportAgent extends Missing",
            "class SupportAgent implements Missing",
            "class SupportAgent<T extends Missing>",
            "class SupportAgent extends ArrayList<Missing>")
        .map(head ->
            agent("  @Cached String answer(String q) { return null; }\n")
                .replace("public class SupportAgent", head));
  }

  @ParameterizedTest
  @MethodSource({"unknown", "unknownTypes"})
  void leavesMissingTypesToTheCompiler(String source, @TempDir Path folder) {
    for (AgentCompiler compiler :
        List.of(new AgentCompiler(), new AgentCompiler().plugin(folder))) {
      Compilation compilation = compiler.compile(source);

      assertThat(compilation.errors())
          .isNotEmpty()
          .noneMatch(error -> error.getMessage(Locale.ROOT).startsWith("["))
          .anyMatch(error -> error.getMessage(Locale.ROOT).contains("Missing"));
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void namesWrappersOfNestedAgentsAfterTheirOuterClasses() {
    Compilation compilation =
        new AgentCompiler()
            .compile(
                agent(
                    """
                      static class Inner {
                        @Cached String answer(String q) { return q; }
                      }
                    """));

    assertThat(compilation.errors()).isEmpty();
    assertThat(registry(compilation, "com.acme.SupportAgent$Inner"))
        .contains(
            "\"type\": \"com.acme.SupportAgent$Inner\"",
            "\"wrapper\": \"com.acme.SupportAgent_Inner_Gild\"");
  }

  @Test
  void abstractAgentHasAnAbstractWrapper() {
    Compilation compilation =
        new AgentCompiler()
            .compile(
                """
                package com.acme;
                import io.gild.annotations.*;
                abstract class Base {
                  @Cached String answer(String question) { return ask(question); }
                  abstract String ask(String question);
                }
                """,
                "package com.acme; class Concrete extends Base_Gild { String ask(String q) { return q; } }");

    assertThat(compilation.errors()).isEmpty();
    assertThat(generatedSource(compilation, "com.acme.Base_Gild"))
        .contains("abstract class")
        .doesNotContain("gilded");
  }

  @Test
  void isIncrementalAndFoundByTheCompiler() {
    assertThat(AgentCompiler.resource("/META-INF/gradle/incremental.annotation.processors"))
        .isEqualTo(GildProcessor.class.getName() + ",isolating\n");
    assertThat(AgentCompiler.resource("/META-INF/services/javax.annotation.processing.Processor"))
        .isEqualTo(GildProcessor.class.getName() + "\n");
  }

  private static void assertGolden(String name, String actual) throws IOException {
    Path golden = GOLDENS.resolve(name + ".golden");
    if (Boolean.getBoolean("golden.rewrite")) {
      Files.writeString(golden, actual);
    }
    assertThat(actual).isEqualTo(Files.readString(golden));
  }

  private static Object create(Class<?> type, Object... arguments) throws Exception {
    Constructor<?> constructor = type.getDeclaredConstructors()[0];
    constructor.setAccessible(true);
    return constructor.newInstance(arguments);
  }

  private static @Nullable Object call(Object agent, String name, @Nullable Object... arguments)
      throws Exception {
    for (Class<?> type = agent.getClass(); type != null; type = type.getSuperclass()) {
      for (Method method : type.getDeclaredMethods()) {
        if (method.getName().equals(name) && method.getParameterCount() == arguments.length) {
          method.setAccessible(true);
          try {
            return method.invoke(agent, arguments);
          } catch (InvocationTargetException e) {
            throw (Exception) e.getCause();
          }
        }
      }
    }
    throw new AssertionError(name);
  }

  @Test
  void suggestsTheNearestGoldenFile(@TempDir Path folder) throws Exception {
    Files.createDirectories(folder.resolve("goldens"));
    Files.writeString(folder.resolve("goldens/refunds.yaml"), "tasks: []");
    String method =
        "  @GoldenTask(file = \"golden/refund.yaml\") String answer(String q) { return q; }\n";

    Compilation compilation =
        new AgentCompiler().options("-Agild.resources=" + folder).compile(agent(method));

    assertThat(compilation.errors())
        .singleElement()
        .asString()
        .contains(
            "\"golden/refund.yaml\" is not among the resources. Put it under src/main/resources, or"
                + " name the folder with -Agild.resources=... or \"-Xplugin:Gild resources=...\" Did you mean"
                + " \"goldens/refunds.yaml\"?");
  }
}
