package io.gild.compiler;

import static io.gild.compiler.AgentCompiler.agent;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One mistake per message; the line it is reported at ends with the mark. */
class MessagesTests {

  private static final String MARK = "// <-";
  private static final String IN_PLACE =
      " Make it a class, or govern it in place: compile with -Agild.weaving=true and run the weave"
          + " goal of gild-maven-plugin, or attach the javaagent.";
  private static final String OR =
      " Or govern it in place: compile with -Agild.weaving=true and run the weave"
          + " goal of gild-maven-plugin, or attach the javaagent.";

  private static final String KOTLIN_METADATA = "package kotlin; public @interface Metadata {}";

  /** Messages that no source alone can cause. */
  private static final Set<Message> ELSEWHERE =
      Set.of(
          Message.INTERNAL,
          Message.CANNOT_WRITE,
          Message.SETTINGS_BROKEN,
          Message.WEAVING_BAD_VALUE,
          Message.WEAVING_NEEDED,
          Message.COST_TRACKED_NO_TENANT, // a budget of the settings, as those above
          Message.INTERFACE_NO_DECORATOR, // reported only by the plugin, like those below
          Message.PLUGIN_NO_CLASSES,
          Message.PLUGIN_UNKNOWN_ARGUMENT,
          Message.GOLDEN_INPUT_NAME); // reported through GoldenBadFile: annotations have no names

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake(
            "[AgentBadName] @Agent name \"my agent\" must be made of letters, digits, dots, dashes and underscores.",
            """
            package com.acme;
            import io.gild.annotations.*;
            @Agent(name = "my agent") // <-
            class SupportAgent {
              @Cached String answer(String question) { return ""; }
            }
            """),
        mistake(
            "[AgentFinal] SupportAgent is final, so it cannot be extended to be governed. Remove final."
                + OR,
            """
            package com.acme;
            import io.gild.annotations.*;
            final class SupportAgent { // <-
              @Cached String answer(String question) { return ""; }
            }
            """),
        mistake(
            "[AgentFinalInKotlin] SupportAgent is final, like every Kotlin class that is not declared open, so it cannot be extended to be governed. Declare it open."
                + OR,
            """
            package com.acme;
            import io.gild.annotations.*;
            @kotlin.Metadata
            final class SupportAgent { // <-
              @Cached String answer(String question) { return ""; }
            }
            """,
            KOTLIN_METADATA),
        mistake(
            "[AgentRecord] SupportAgent is a record, which cannot be extended to be governed."
                + IN_PLACE,
            """
            package com.acme;
            import io.gild.annotations.*;
            record SupportAgent(String name) { // <-
              @Cached String answer(String question) { return ""; }
            }
            """),
        mistake(
            "[AgentEnum] SupportAgent is an enum, which cannot be extended to be governed."
                + IN_PLACE,
            """
            package com.acme;
            import io.gild.annotations.*;
            enum SupportAgent { // <-
              ONE;
              @Cached String answer(String question) { return ""; }
            }
            """),
        mistake(
            "[AgentSealed] SupportAgent is sealed, so it cannot be extended to be governed. Remove sealed."
                + OR,
            """
            package com.acme;
            import io.gild.annotations.*;
            sealed class SupportAgent permits Other { // <-
              @Cached String answer(String question) { return ""; }
            }
            final class Other extends SupportAgent {}
            """),
        mistake(
            "[AgentInner] Inner is an inner class. Make it static or a top-level class." + OR,
            agent(
                """
                  class Inner { // <-
                    @Cached String answer(String question) { return ""; }
                  }
                """)),
        mistake(
            "[AgentPrivate] Nested is private, so it cannot be extended to be governed. Open it to its package."
                + OR,
            agent(
                """
                  private static class Nested { // <-
                    @Cached String answer(String question) { return ""; }
                  }
                """)),
        mistake(
            "[AgentNoConstructor] SupportAgent has private constructors only, so it cannot be extended to be governed. Open one to its package."
                + OR,
            """
            package com.acme;
            import io.gild.annotations.*;
            class SupportAgent { // <-
              private SupportAgent() {}
              @Cached String answer(String question) { return ""; }
            }
            """),
        mistake(
            "[AgentNothingGoverned] SupportAgent is an @Agent, but no method that it has carries an annotation of Gild, so nothing is governed. Annotate a method, or remove @Agent.",
            """
            package com.acme;
            import io.gild.annotations.*;
            @Agent // <-
            class SupportAgent {}
            """),
        mistake(
            "[MethodFinal] answer(String) is final, so it cannot be overridden to be governed. Remove final."
                + OR,
            agent("  @Cached final String answer(String q) { return q; } // <-\n")),
        mistake(
            "[MethodFinalInKotlin] answer(String) is final, like every Kotlin function that is not declared open, so it cannot be overridden to be governed. Declare it open."
                + OR,
            """
            package com.acme;
            import io.gild.annotations.*;
            @kotlin.Metadata
            class SupportAgent {
              @Cached final String answer(String question) { return ""; } // <-
            }
            """,
            KOTLIN_METADATA),
        mistake(
            "[MethodOverridden] answer overrides a governed method but carries no annotation of Gild itself, so it is not governed. Repeat the annotations that should apply.",
            """
            package com.acme;
            import io.gild.annotations.*;
            class SupportAgent extends Base {
              @Cached String other(String question) { return ""; }
              @Override String answer(String question) { return ""; } // <-
            }
            class Base {
              @Cached String answer(String question) { return ""; }
            }
            """),
        mistake(
            "[MethodPrivate] answer(String) is private, so it cannot be overridden to be governed. Open it to its package."
                + OR,
            agent("  @Cached private String answer(String q) { return q; } // <-\n")),
        mistake(
            "[MethodStatic] answer(String) is static, so it cannot be overridden to be governed. Make it an instance method."
                + OR,
            agent("  @Cached static String answer(String q) { return q; } // <-\n")),
        mistake(
            "[MethodAbstract] answer(String) is abstract, so there is no body to govern. Annotate the methods that implement it.",
            """
            package com.acme;
            import io.gild.annotations.*;
            abstract class SupportAgent {
              @Cached abstract String answer(String question); // <-
            }
            """),
        mistake(
            "[MethodSuspend] answer(Continuation<String>) is a Kotlin suspend function, which only the javaagent can govern. Name it in gild.yaml instead, or annotate a function that it calls.",
            agent(
                "  @Cached String answer(kotlin.coroutines.Continuation<String> c) { return \"\"; } // <-\n"),
            "package kotlin.coroutines; public interface Continuation<T> {}"),
        mistake(
            "[PolicyBadDuration] @TimeLimit timeoutDuration must be a duration such as \"500ms\", \"2s\", \"5m\", \"1h\" or \"PT1H\", but is \"soon\".",
            agent(
                """
                  @TimeLimit(
                      timeoutDuration = "soon") // <-
                  String answer(String q) { return q; }
                """)),
        mistake(
            "[PolicyBadValue] @Retry maxAttempts must be >= 1, but is 0.",
            agent(
                """
                  @Retry(
                      maxAttempts = 0, // <-
                      multiplier = 3)
                  String answer(String q) { return q; }
                """)),
        mistake(
            "[PolicyBadValue] @Cached ttl must be above zero, but is PT0S.",
            agent("  @Cached(ttl = \"0s\") String answer(String q) { return q; } // <-\n")),
        mistake(
            "[PolicyBadValue] @CircuitBreaker failureRateThreshold must be from 1.0 to 100.0, but is 101.0.",
            agent(
                "  @CircuitBreaker(failureRateThreshold = 101) String answer(String q) { return q; } // <-\n")),
        mistake(
            "[CachedVoid] @Cached has nothing to keep, because answer(String) returns nothing. Remove @Cached, or return the answer.",
            agent(
                """
                  @Cached // <-
                  void answer(String q) {}
                """)),
        mistake(
            "[CachedVoid] @Cached has nothing to keep, because answer(String) returns nothing. Remove @Cached, or return the answer.",
            agent(
                "  @Cached java.util.concurrent.CompletionStage<Void> answer(String q) { return null; } // <-\n")),
        mistake(
            "[CachedStream] @Cached cannot keep Publisher<Iterator<String>>, which is consumed as it comes. Return the whole value, or remove @Cached.",
            agent(
                "  @Cached java.util.concurrent.Flow.Publisher<java.util.Iterator<String>> answer(String q) { return null; } // <-\n")),
        mistake(
            "[CachedStream] @Cached cannot keep IntStream, which is consumed as it comes. Return the whole value, or remove @Cached.",
            agent(
                "  @Cached java.util.stream.IntStream answer(String q) { return null; } // <-\n")),
        mistake(
            "[CachedSideEffect] @Cached would skip the side effect of pay(String) when its answer is in the cache. Remove @Cached or @SideEffect.",
            agent(
                """
                  @SideEffect
                  @Cached // <-
                  String pay(String account) { return ""; }
                """)),
        mistake(
            "[CachedUnknownKey] @Cached key \"qestion\" is not a parameter of answer(String, String). Use some of question, trace. Did you mean \"question\"?",
            agent(
                """
                  @Cached(key = {
                      "trace",
                      "qestion"}) // <-
                  String answer(String question, String trace) { return ""; }
                """)),
        mistake(
            "[RetrySideEffect] @Retry would run the side effect of pay(String, List<? extends Number>, Map<? super Integer, ?>) again. Add @Idempotent if that does no harm, or remove @Retry.",
            agent(
                """
                  @SideEffect
                  @Retry // <-
                  String pay(String account, List<? extends Number> sums, Map<? super Integer, ?> by) {
                    return "";
                  }
                """)),
        mistake(
            "[RoutedSideEffect] @Routed(strategy = CASCADE) would run the side effect of pay(String) once per tier. Add @Idempotent if that does no harm, or use another strategy.",
            agent(
                """
                  @SideEffect
                  @Routed(strategy = Routed.Strategy.CASCADE) // <-
                  String pay(String account) { return ""; }
                """)),
        mistake(
            "[RoutedUnknownTier] @Routed names tier \"smal\", which no configuration defines. Use one of local, small, medium, large. Did you mean \"small\"?",
            agent(
                """
                  @Routed(tiers = {
                      "smal", // <-
                      "large"})
                  String answer(String q) { return q; }
                """)),
        mistake(
            "[CostTrackedUnknownBudget] @CostTracked names budget \"team\", which no configuration defines. Define it under budgets in gild.yaml and compile with -Agild.config=gild.yaml or \"-Xplugin:Gild config=gild.yaml\".",
            agent(
                "  @CostTracked(budget = \"team\") String answer(String q) { return q; } // <-\n")),
        mistake(
            "[FallbackEmpty] @Fallback gives neither a method nor an answer that is not empty. Give one of them.",
            agent("  @Fallback String answer(String q) { return q; } // <-\n")),
        mistake(
            "[FallbackBoth] @Fallback gives both a method and an answer. Keep one of them.",
            agent(
                """
                  @Fallback(
                      method = "sorry",
                      answer = "sorry") // <-
                  String answer(String q) { return q; }
                  String sorry(String q) { return q; }
                """)),
        mistake(
            "[FallbackAnswerType] @Fallback answers with text, but count(String) returns int. Use @Fallback(method = ...) instead.",
            agent("  @Fallback(answer = \"0\") int count(String q) { return 1; } // <-\n")),
        mistake(
            "[FallbackNoMethod] @Fallback names method \"sory\", which SupportAgent does not have. Write it as String sory(String q). Did you mean \"sorry\"?",
            agent(
                """
                  @Fallback(method = "sory") // <-
                  String answer(String q) { return q; }
                  String sorry(String q) { return q; }
                """)),
        mistake(
            "[FallbackSignature] @Fallback names method \"sorry\", whose signature does not fit. Write it as List<String> sorry(String q, int max), or with a Throwable as one more parameter.",
            agent(
                """
                  @Fallback(method = "sorry") // <-
                  List<String> answer(String q, int max) { return List.of(q); }
                  List<String> sorry(String q) { return List.of(q); }
                  private List<String> sorry(String q, int max) { return List.of(q); }
                  String sorry(String q, int max, Throwable failure) { return q; }
                """)),
        mistake(
            "[ModelNotString] @Model marks a parameter of type int. It receives a model name: make it a String.",
            agent(
                """
                  @Cached
                  String answer(
                      String q,
                      @Model int model) { return q; } // <-
                """)),
        mistake(
            "[RoleTwice] @Tenant marks two parameters of answer(String, String). Keep one of them.",
            agent(
                """
                  @Cached
                  String answer(
                      @Tenant String a,
                      @Tenant String b) { return a; } // <-
                """)),
        mistake(
            "[RememberNoPrompt] @Remember of answer(int, String) has no prompt to remember. Mark a text parameter with @Prompt, or remove @Remember.",
            agent(
                """
                  @Remember // <-
                  String answer(int number, @Session String session) { return ""; }
                """)),
        mistake(
            "[RememberNoSession] @Remember of answer(String) has no session to append to. Mark a parameter with @Session, or write session = false.",
            agent(
                """
                  @Remember // <-
                  String answer(String q) { return q; }
                """)),
        mistake(
            "[RememberNothing] @Remember of answer(String) has neither session nor longTerm. Set one of them, or remove @Remember.",
            agent(
                """
                  @Remember(session = false, longTerm = false) // <-
                  String answer(String q) { return q; }
                """)),
        mistake(
            "[RememberStream] @Remember cannot keep the answer of answer(String, String), because it is a Stream<String>. Write session = false, or return the answer as a whole.",
            agent(
                """
                  @Remember // <-
                  java.util.stream.Stream<String> answer(String q, @Session String session) { return null; }
                """)),
        mistake(
            "[PolicyBadValue] @Remember importance must be from 0.0 to 1.0, but is 2.0.",
            agent(
                """
                  @Remember(session = false, importance = 2) // <-
                  String answer(String q) { return q; }
                """)),
        mistake(
            "[RecallNoPrompt] @Recall of answer(int, List<String>) has no prompt to recall by. Mark a text parameter with @Prompt.",
            agent(
                """
                  String answer(
                      int number,
                      @Recall List<String> known) { return ""; } // <-
                """)),
        mistake(
            "[ExperienceNoPrompt] @Experience of answer(int, String) has no prompt to find experiences for. Mark a text parameter with @Prompt.",
            agent(
                """
                  String answer(
                      int number,
                      @Experience String known) { return ""; } // <-
                """)),
        mistake(
            "[MemoryWrongType] @Recall marks a parameter of type List<Integer>. It receives texts: make it a List<String> or a String.",
            agent(
                """
                  String answer(
                      String q,
                      @Recall List<Integer> known) { return q; } // <-
                """)),
        mistake(
            "[PolicyBadValue] @Recall limit must be >= 1, but is 0.",
            agent(
                """
                  String answer(
                      String q,
                      @Recall(limit = 0) String known) { return q; } // <-
                """)),
        mistake(
            "[CachedNoMemory] @Cached has a key without the @Recall parameter known, so an answer from other memories is returned. Add \"known\" to the key, or remove it.",
            agent(
                """
                  @Cached(key = "q") // <-
                  String answer(String q, @Recall List<String> known) { return q; }
                """)),
        mistake(
            "[GoldenNoId] @GoldenTask has no id. Give it one, such as id = \"answer-1\".",
            agent(
                "  @GoldenTask(input = \"x\", expected = \"y\") String answer(String q) { return q; } // <-\n")),
        mistake(
            "[GoldenBadId] @GoldenTask id must be made of letters, digits, dots, dashes and underscores, but is \"a b\".",
            agent(
                "  @GoldenTask(id = \"a b\", input = \"x\", expected = \"y\") String answer(String q) { return q; } // <-\n")),
        mistake(
            "[GoldenDuplicateId] @GoldenTask id \"one\" is given to two tasks of agent SupportAgent. Rename one of them.",
            agent(
                """
                  @GoldenTask(id = "one", input = "x", expected = "y")
                  String answer(String q) { return q; }
                  @GoldenTask(id = "one", input = "x", expected = "y") // <-
                  String other(String q) { return q; }
                """)),
        mistake(
            "[GoldenDuplicateId] @GoldenTask id \"one\" is given to two tasks of agent SupportAgent. Rename one of them.",
            agent(
                """
                  @GoldenTask(id = "one", input = "x", expected = "y")
                  @Deprecated
                  @GoldenTask(
                      input = "x",
                      id = "one", // <-
                      expected = "y")
                  String answer(String q) { return q; }
                """)),
        mistake(
            "[GoldenBadCheck] @GoldenTask check: \"contians\" is not a kind of check. Did you mean \"contains\"?",
            agent(
                """
                  @GoldenTask(id = "a", input = "x", checks = "contains: a")
                  @io.gild.annotations.GoldenTask(id = "b", input = "x", checks = {
                    "contains: a",
                    "contians: a"}) // <-
                  String answer(String q) { return q; }
                """)),
        mistake(
            "[GoldenNoCheck] @GoldenTask \"b\" has no check. Give expected, or checks.",
            agent(
                """
                  @GoldenTask(id = "a", input = "x", expected = "y")
                  @GoldenTask(id = "b", input = "x") // <-
                  @GoldenTask(id = "c", input = "x", expected = "y")
                  String answer(String q) { return q; }
                """)),
        mistake(
            "[GoldenNoCheck] @GoldenTask \"b\" has no check. Give expected, or checks.",
            agent(
                """
                  @GoldenTasks({
                    @GoldenTask(id = "a", input = "x", expected = "y"),
                    @GoldenTask(id = "b", input = "x")}) // <-
                  String answer(String q) { return q; }
                """)),
        mistake(
            "[AgentSameName] Agent name \"Desk\" is used by com.acme.Desk and com.acme.Office$Desk, so the results of their golden tasks would be mixed. Give one of them another name: @Agent(name = \"...\").",
            """
            package com.acme;
            import io.gild.annotations.*;
            class Desk {
              @GoldenTask(id = "a", input = "x", expected = "y") String answer(String q) { return q; }
            }
            class Office {
              static class Desk { // <-
                @GoldenTask(id = "b", input = "x", expected = "y") String answer(String q) { return q; }
              }
            }
            """),
        mistake(
            "[AgentSameName] Agent name \"desk\" is used by com.acme.A and com.acme.B, so the results of their golden tasks would be mixed. Give one of them another name: @Agent(name = \"...\").",
            """
            package com.acme;
            import io.gild.annotations.*;
            @Agent(name = "desk")
            class A {
              @GoldenTask(id = "a", input = "x", expected = "y") String answer(String q) { return q; }
            }
            @Agent(name = "desk") // <-
            class B {
              @GoldenTask(id = "a", input = "x", expected = "y") String answer(String q) { return q; }
            }
            """),
        mistake(
            "[GoldenBadTag] @GoldenTask tags must be texts without any of , ( ) & | !, which JUnit rejects, but one is \"a|b\".",
            agent(
                "  @GoldenTask(id = \"a\", input = \"x\", expected = \"y\", tags = \"a|b\") String answer(String q) { return q; } // <-\n")),
        mistake(
            "[GoldenBadTag] @GoldenTask tags must be texts without white space, but one is \"a b\".",
            agent(
                "  @GoldenTask(id = \"a\", input = \"x\", expected = \"y\", tags = \"a b\") String answer(String q) { return q; } // <-\n")),
        mistake(
            "[GoldenBadThreshold] @GoldenTask threshold must be from 0.0 to 1.0, but is 80.0.",
            agent(
                "  @GoldenTask(id = \"a\", input = \"x\", expected = \"y\", validator = \"similarity\", threshold = 80) String answer(String q) { return q; } // <-\n")),
        mistake(
            "[GoldenBadThreshold] @GoldenTask threshold must be a number, but is NaN.",
            agent(
                "  @GoldenTask(id = \"a\", input = \"x\", expected = \"y\", validator = \"similarity\", threshold = 0.0 / 0) String answer(String q) { return q; } // <-\n")),
        mistake(
            "[GoldenBadValue] @GoldenTask passScore must be a number, but is NaN.",
            agent(
                "  @GoldenTask(id = \"a\", input = \"x\", expected = \"y\", passScore = Double.NaN) String answer(String q) { return q; } // <-\n")),
        mistake(
            "[GoldenBadExpected] @GoldenTask expected does not suit validator contains: text must not be empty, for every answer contains it.",
            agent(
                "  @GoldenTask(id = \"a\", input = \"x\", expected = \"\", validator = \"contains\") String answer(String q) { return q; } // <-\n")),
        mistake(
            "[GoldenBadRegex] @GoldenTask expected is not a regular expression: Unclosed group near index 6 of \"(open.\".",
            agent(
                "  @GoldenTask(id = \"a\", input = \"x\", validator = \"regex\", expected = \"(open.\") String answer(String q) { return q; } // <-\n")),
        mistake(
            "[GoldenUnknownValidator] @GoldenTask names validator \"contians\", which does not exist. Use one of exact, contains, regex, number, json, json-schema, similarity, rouge-l, levenshtein, language, refusal, no-pii, judge, custom. Did you mean \"contains\"?",
            agent(
                "  @GoldenTask(id = \"a\", input = \"x\", validator = \"contians\", expected = \"y\") String answer(String q) { return q; } // <-\n")),
        mistake(
            "[GoldenNoValidatorClass] @GoldenTask \"a\" is judged by a custom validator, but validatorClass is missing. Name the class.",
            agent(
                "  @GoldenTask(id = \"a\", input = \"x\", validator = \"custom\") String answer(String q) { return q; } // <-\n")),
        mistake(
            "[GoldenBadValidatorClass] @GoldenTask validatorClass String is not a Validator. Use a class with a public constructor without parameters that implements io.gild.evaluation.spi.Validator.",
            agent(
                "  @GoldenTask(id = \"a\", input = \"x\", validator = \"custom\", validatorClass = String.class) String answer(String q) { return q; } // <-\n")),
        mistake(
            "[GoldenBadValidatorClass] @GoldenTask validatorClass Mine has no public constructor without parameters. Use a class with a public constructor without parameters that implements io.gild.evaluation.spi.Validator.",
            agent(
                """
                  @GoldenTask(id = "a", input = "x", validator = "custom",
                      validatorClass = Mine.class) // <-
                  String answer(String q) { return q; }
                  static class Mine implements io.gild.evaluation.spi.Validator {
                    public Mine(int size) {}
                  }
                """)),
        mistake(
            "[GoldenInputCount] @GoldenTask \"a\" has 1 input, but answer(String, int, String) takes 2 parameters. Give one value per parameter.",
            agent(
                "  @GoldenTask(id = \"a\", input = \"x\", expected = \"y\") String answer(String q, int n, @Model String m) { return q; } // <-\n")),
        mistake(
            "[GoldenInputType] @GoldenTask \"a\" gives \"many\" for parameter n, which is not a valid int.",
            agent(
                """
                  @GoldenTask(id = "a", expected = "y", input = {
                      "x",
                      "many"}) // <-
                  String answer(String q, int n, @Tenant String t) { return q; }
                """)),
        mistake(
            "[GoldenInputType] @GoldenTask \"a\" gives \"HIHG\" for parameter level, which is not a valid Level. Did you mean \"HIGH\"?",
            agent(
                """
                  enum Level { LOW, HIGH }
                  @GoldenTask(id = "a", expected = "y", input = "HIHG") // <-
                  String answer(Level level) { return ""; }
                """)),
        mistake(
            "[GoldenInputUnsupported] @GoldenTask \"a\" cannot make a UncaughtExceptionHandler for parameter q. Golden tasks can give texts, numbers, booleans, enum constants, lists, maps, records, and classes made of one text.",
            agent(
                "  @GoldenTask(id = \"a\", input = \"x\", expected = \"y\") String answer(Thread.UncaughtExceptionHandler q) { return \"\"; } // <-\n")),
        mistake(
            "[GoldenInputType] @GoldenTask \"a\" gives \"x\" for parameter q, which is not a valid List<String>.",
            agent(
                "  @GoldenTask(id = \"a\", input = \"x\", expected = \"y\") String answer(List<String> q) { return \"\"; } // <-\n")),
        mistake(
            "[GoldenNoCheck] @GoldenTask \"a\" has no check. Give expected, or checks.",
            agent(
                "  @GoldenTask(id = \"a\", input = \"x\") String answer(String q) { return q; } // <-\n")),
        mistake(
            "[GoldenBadCheck] @GoldenTask check: \"contians\" is not a kind of check. Did you mean \"contains\"?",
            agent(
                """
                  @GoldenTask(id = "a", input = "x", checks = {
                      "contains: 30 days",
                      "contians: y"}) // <-
                  String answer(String q) { return q; }
                """)),
        mistake(
            "[GoldenBadExpected] @GoldenTask expected does not suit validator number: value must be a number, but is \"many\".",
            agent(
                "  @GoldenTask(id = \"a\", input = \"x\", validator = \"number\", expected = \"many\") String answer(String q) { return q; } // <-\n")),
        mistake(
            "[GoldenBadValue] @GoldenTask timeout must be a duration such as \"500ms\", \"2s\", \"5m\", \"1h\" or \"PT1H\", but is \"soon\".",
            agent(
                "  @GoldenTask(id = \"a\", input = \"x\", expected = \"y\", timeout = \"soon\") String answer(String q) { return q; } // <-\n")),
        mistake(
            "[AgentMadeByFramework] SupportAgent carries @Service, so its framework makes the objects, and nothing governs them: SupportAgent_Gild is used only where it is made. Return SupportAgent_Gild.gilded(...) from a factory method of the framework instead of @Service."
                + OR,
            """
            package com.acme;
            import io.gild.annotations.*;
            import org.springframework.stereotype.Service;
            @Service // <-
            class SupportAgent {
              @Cached String answer(String question) { return ""; }
            }
            """,
            "package org.springframework.stereotype; public @interface Component {}",
            "package org.springframework.stereotype; @Component public @interface Service {}"),
        mistake(
            "[MethodInLocalClass] answer belongs to a local or anonymous class, so neither a wrapper nor the weave goal governs it, and @Cached has no effect. Move it to a named class, or attach the javaagent.",
            """
            package com.acme;
            import io.gild.annotations.*;
            class Factory {
              interface Desk { String answer(String question); }
              Desk make() {
                return new Desk() {
                  @Cached public String answer(String question) { return ""; } // <-
                };
              }
            }
            """),
        mistake(
            "[MethodInLocalClass] answer belongs to a local or anonymous class, so neither a wrapper nor the weave goal governs it, and @Retry has no effect. Move it to a named class, or attach the javaagent.",
            """
            package com.acme;
            enum Desk {
              ONE {
                @io.gild.annotations.Retry String answer(String question) { return ""; } // <-
              };
              String answer(String question) { return question; }
            }
            """),
        mistake(
            "[MethodOverridden] answer overrides a governed method but carries no annotation of Gild itself, so it is not governed. Repeat the annotations that should apply.",
            """
            package com.acme;
            class Special extends SupportAgent {
              @Override String answer(String question) { return "special"; } // <-
            }
            """,
            agent("  @Cached String answer(String question) { return question; }\n")),
        mistake(
            "[CachedStream] @Cached cannot keep InputStream, which is consumed as it comes. Return the whole value, or remove @Cached.",
            agent("  @Cached java.io.InputStream answer(String q) { return null; } // <-\n")),
        mistake(
            "[CachedStream] @Cached cannot keep CompletableFuture<Optional<Iterator<String>>>, which is consumed as it comes. Return the whole value, or remove @Cached.",
            agent(
                "  @Cached java.util.concurrent.CompletableFuture<Optional<Iterator<String>>> answer(String q) { return null; } // <-\n")),
        mistake(
            "[CachedKeyModelOnly] @Cached keeps the answers of answer(String, String) by the model alone, so every question gets the same answer. Add the parameters to the key that the answer depends on.",
            agent(
                "  @Cached(key = \"model\") String answer(String q, @Model String model) { return q; } // <-\n")),
        mistake(
            "[CachedKeyModelOnly] @Cached keeps the answers of answer(String) by the model alone, so every question gets the same answer. Add the parameters to the key that the answer depends on.",
            agent("  @Cached String answer(@Model String model) { return model; } // <-\n")),
        mistake(
            "[CachedSemanticNoText] @Cached(semantic = true) compares the prompt of answer(long), but no text of the key is the prompt. Mark a String parameter of the key with @Prompt, or remove semantic.",
            agent("  @Cached(semantic = true) String answer(long q) { return \"\"; } // <-\n")),
        mistake(
            "[CachedSemanticNoText] @Cached(semantic = true) compares the prompt of answer(String, String), but no text of the key is the prompt. Mark a String parameter of the key with @Prompt, or remove semantic.",
            agent(
                "  @Cached(key = \"other\", semantic = true) String answer(@Prompt String q, String other) { return q; } // <-\n")),
        mistake(
            "[CachedKeyNeverEqual] @Cached compares parameter asked of answer(Asked), but a Asked is never equal to another one, so no answer is found again. Leave it out of the key, or give its class equals and hashCode.",
            agent(
                "  static class Asked {}\n  @Cached String answer(Asked asked) { return \"\"; } // <-\n")),
        mistake(
            "[CachedKeyNeverEqual] @Cached compares parameter in of answer(String, Iterator<String>), but a Iterator<String> is never equal to another one, so no answer is found again. Leave it out of the key, or give its class equals and hashCode.",
            agent("  @Cached String answer(String q, Iterator<String> in) { return q; } // <-\n")),
        mistake(
            "[CachedNoSession] @Cached has a key without the @Session parameter session, so the answer of one session is given to another. Add \"session\" to the key.",
            agent(
                "  @Cached(key = \"q\") String answer(String q, @Session String session) { return q; } // <-\n")),
        mistake(
            "[CostTrackedUnpricedModel] @CostTracked names model \"gtp-4o-mini\", which has no price, so its cost counts as unknown. Set prices.gtp-4o-mini in gild.yaml and compile with -Agild.config=gild.yaml. Did you mean \"gpt-4o-mini\"?",
            agent(
                "  @CostTracked(model = \"gtp-4o-mini\") String answer(String q) { return q; } // <-\n")),
        mistake(
            "[TimeLimitSynchronized] @TimeLimit has no effect on answer(String), which is synchronized: no other thread may run it while its caller holds the lock. Lock inside of the method, or limit what it calls.",
            agent("  @TimeLimit synchronized String answer(String q) { return q; } // <-\n")),
        mistake(
            "[FallbackEmpty] @Fallback gives neither a method nor an answer that is not empty. Give one of them.",
            agent("  @Fallback(answer = \"\") String answer(String q) { return q; } // <-\n")),
        mistake(
            "[FallbackSignature] @Fallback names method \"other\", whose signature does not fit. Write it as List<String> other(List<String> q), or with a Throwable as one more parameter.",
            agent(
                "  @Fallback(method = \"other\") List<String> answer(List<String> q) { return q; } // <-\n  List<Integer> other(List<Integer> q) { return q; }\n")),
        mistake(
            "[PolicyBadValue] @CircuitBreaker failureRateThreshold must be percent from 1 to 100, but is 0.5, which is less than one percent. Write 50 for 50 %.",
            agent(
                "  @CircuitBreaker(failureRateThreshold = 0.5f) String answer(String q) { return q; } // <-\n")),
        mistake(
            "[PolicyBadValue] @CircuitBreaker failureRateThreshold must be a number, but is NaN.",
            agent(
                "  @CircuitBreaker(failureRateThreshold = Float.NaN) String answer(String q) { return q; } // <-\n")),
        mistake(
            "[PolicyBadValue] @Retry multiplier must be a number, but is Infinity.",
            agent("  @Retry(multiplier = 1.0 / 0) String answer(String q) { return q; } // <-\n")),
        mistake(
            "[PolicyBadValue] @Retry waitDuration must not exceed max-wait-duration, but is 2m with a max-wait-duration of 1m.",
            agent(
                "  @Retry(waitDuration = \"2m\", maxWaitDuration = \"1m\") String answer(String q) { return q; } // <-\n")),
        mistake(
            "[PolicyBadDuration] @TimeLimit timeoutDuration must be a duration of at most 36500d (100 years), but is \"99999999999h\".",
            agent(
                "  @TimeLimit(timeoutDuration = \"99999999999h\") String answer(String q) { return q; } // <-\n")),
        mistake(
            "[GoldenBadThreshold] @GoldenTask threshold must be a number, but is NaN.",
            agent(
                "  @GoldenTask(id = \"a\", input = \"x\", expected = \"y\", validator = \"similarity\", threshold = 0.0 / 0) String answer(String q) { return q; } // <-\n")),
        mistake(
            "[GoldenFileOfOthers] @GoldenTask file \"goldens/others.yaml\" holds no task of agent SupportAgent; it has tasks of other.",
            agent(
                "  @GoldenTask(file = \"goldens/others.yaml\") String answer(String q) { return q; } // <-\n")),
        mistake(
            "[GoldenBadFile] @GoldenTask file: goldens/named.yaml:1:3: [GoldenInputName] @GoldenTask \"named\" gives \"questoin\", which is not a parameter of answer(String). Did you mean \"question\"?",
            agent(
                "  @GoldenTask(file = \"goldens/named.yaml\") String answer(String question) { return question; } // <-\n")),
        mistake(
            "[GoldenExpectedType] @GoldenTask \"a\" expects \"thirty\", but days(String) returns Integer.",
            agent(
                "  @GoldenTask(id = \"a\", input = \"x\", expected = \"thirty\") Integer days(String q) { return 30; } // <-\n")),
        mistake(
            "[GoldenExpectedType] @GoldenTask \"a\" expects \"x\", but tell(String) returns void.",
            agent(
                "  @GoldenTask(id = \"a\", input = \"x\", expected = \"x\") void tell(String q) {} // <-\n")),
        mistake(
            "[GoldenFileAndTask] @GoldenTask gives a file, so id has no effect. Remove one of them.",
            agent(
                "  @GoldenTask(file = \"goldens/good.yaml\", id = \"a\") String answer(String q) { return q; } // <-\n")),
        mistake(
            "[SkillBadId] @Skill id \"my skill\" must begin with a letter or digit and be made of letters, digits, dots, dashes and underscores.",
            agent(
                "  @Skill(id = \"my skill\", description = \"d\") String answer(String q) { return q; } // <-\n")),
        mistake(
            "[SkillBadMediaType] \"text\" is not a media type. Write one such as text/plain or application/json.",
            agent(
                "  @Skill(description = \"d\", inputModes = \"text\") String answer(String q) { return q; } // <-\n")),
        mistake(
            "[SkillNoDescription] @Skill answer has a blank description, by which no other agent could choose it. Write what the skill does.",
            agent("  @Skill(description = \" \") String answer(String q) { return q; } // <-\n")),
        mistake(
            "[SkillSameId] Two skills of agent SupportAgent have the id \"answer\". Give one of them another one: @Skill(id = \"...\").",
            agent(
                "  @Skill(description = \"d\") String answer(String q) { return q; }\n"
                    + "  @Skill(description = \"d\") String answer(String q, int n) { return q; } // <-\n")),
        mistake(
            "[PolicyNoModule] @Bulkhead(scope = SHARED) needs its module at run time. Add the dependency io.gild:gild-synchronizers.",
            agent(
                "  @Bulkhead(scope = Bulkhead.Scope.SHARED) String answer(String q) { return q; } // <-\n")),
        mistake(
            "[GoldenMissingFile] @GoldenTask file \"goldens/none.yaml\" is not among the resources. Put it under src/main/resources, or name the folder with -Agild.resources=... or \"-Xplugin:Gild resources=...\"",
            agent(
                "  @GoldenTask(file = \"goldens/none.yaml\") String answer(String q) { return q; } // <-\n")),
        mistake(
            "[GoldenBadFile] @GoldenTask file: goldens/bad.yaml:2:14: tasks[0].treshold: unknown key. Did you mean \"threshold\"?",
            agent(
                "  @GoldenTask(file = \"goldens/bad.yaml\") String answer(String q) { return q; } // <-\n")),
        mistake(
            "[GoldenBadFile] @GoldenTask file: goldens/good.yaml:1:3: [GoldenInputType] @GoldenTask \"good\" gives \"x\" for parameter q, which is not a valid int.",
            agent(
                "  @GoldenTask(file = \"goldens/good.yaml\") String answer(int q) { return \"\"; } // <-\n")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void reportsAMistakeAtItsPlace(String message, List<String> sources) {
    Compilation compilation = new AgentCompiler().compile(sources.toArray(String[]::new));

    assertThat(ours(compilation)).extracting(MessagesTests::text).containsExactly(message);
    assertThat(ours(compilation).get(0).getLineNumber()).isEqualTo(markedLine(sources.get(0)));
  }

  @Test
  void everyMessageHasATestCase() {
    Set<String> reported =
        Stream.of(mistakes(), noModules(), WorkflowMessagesTests.mistakes())
            .flatMap(each -> each)
            .map(each -> (String) each.get()[0])
            .map(each -> each.substring(1, each.indexOf(']')))
            .collect(toSet());

    assertThat(Arrays.stream(Message.values()).filter(each -> !ELSEWHERE.contains(each)))
        .extracting(Message::id)
        .allMatch(reported::contains);
  }

  private static Arguments noModule(String annotation, String module) {
    return mistake(
        "[PolicyNoModule] @%s needs its module at run time. Add the dependency io.gild:gild-%s."
            .formatted(annotation.replaceFirst("\\(.*", ""), module),
        agent("  @%s // <-\n  String answer(String q) { return q; }\n".formatted(annotation)));
  }

  static Stream<Arguments> noModules() {
    Stream<Arguments> policies =
        Stream.of("Cached", "CostTracked", "RateLimit", "Bulkhead")
            .map(policy -> noModule(policy, policy.startsWith("C") ? "cost" : "reliability"));
    Stream<Arguments> others =
        Stream.of("Retry", "CircuitBreaker", "TimeLimit", "Fallback(answer = \"Sorry.\")")
            .map(policy -> noModule(policy, "reliability"));
    Arguments core =
        mistake(
            "[CoreNoModule] SupportAgent needs the core module at run time. Add the dependency io.gild:gild-core.",
            """
            package com.acme;
            import io.gild.annotations.*;
            class SupportAgent { // <-
              @GoldenTask(id = "a", input = "x", expected = "y") String answer(String q) { return q; }
            }
            """);
    Stream<Arguments> routed = Stream.of(noModule("Routed", "routing"));
    return Stream.of(policies, routed, others, Stream.of(core)).flatMap(each -> each);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("noModules")
  void namesTheArtifactOfAMissingModule(String message, List<String> sources) {
    AgentCompiler compiler = new AgentCompiler().withoutModules();
    if (message.startsWith("[Core")) {
      compiler.without("WrappedMethod", "AgentCall", "Governed");
    }
    Compilation compilation = compiler.compile(sources.toArray(String[]::new));

    assertThat(ours(compilation)).extracting(MessagesTests::text).containsExactly(message);
    assertThat(ours(compilation).get(0).getLineNumber()).isEqualTo(markedLine(sources.get(0)));
  }

  @Test
  void silencesOneWarningByItsIdOrAllWarnings() {
    for (String name : List.of("gild", "CostTrackedUnpricedModel")) {
      Compilation compilation =
          new AgentCompiler()
              .compile(
                  agent(
                      "  @SuppressWarnings(\"%s\") @CostTracked(model = \"own\") String answer(String q) { return q; }\n"
                          .formatted(name)));
      assertThat(ours(compilation)).isEmpty();
    }
  }

  @Test
  void requiresATenantForABudgetPerTenant(@TempDir Path folder) throws IOException {
    Path settings =
        Files.writeString(
            folder.resolve("gild.yaml"), "budgets: {mine: {limit: 1, period: 1d, per: tenant}}");
    Compilation compilation =
        new AgentCompiler()
            .options("-Agild.config=" + settings)
            .compile(
                agent(
                    """
                      @CostTracked(budget = "mine") String answer(String q) { return q; }
                      @CostTracked(budget = "mine") String fine(String q, @Tenant String who) { return q; }
                    """));

    assertThat(ours(compilation))
        .extracting(MessagesTests::text)
        .containsExactly(
            "[CostTrackedNoTenant] @CostTracked names budget \"mine\", which each tenant has for itself, but no parameter of answer(String) is marked @Tenant. Mark the one that names the customer.");
  }

  @Test
  void reportsMethodsThatAreNotGovernedBeforeWeaving() {
    Compilation compilation =
        new AgentCompiler()
            .options("-Agild.weaving=true")
            .compile(
                agent(
                    "  @Cached final String answer(String q) { return q; }\n  @Cached String other(String q) { return q; }\n"));

    assertThat(compilation.errors()).isEmpty();
    assertThat(ours(compilation))
        .extracting(MessagesTests::text)
        .containsExactly(
            "[WeavingNeeded] 1 methods are not governed until the weave goal of gild-maven-plugin has run, unless the javaagent is attached: SupportAgent.answer.");
  }

  @Test
  void reportsAllMistakesOfATypeTogether() {
    Compilation compilation =
        new AgentCompiler()
            .compile(
                agent(
                    """
                      @Cached(ttl = "never", maximumSize = 0)
                      @Retry(multiplier = 0.1)
                      final void answer(String q) {}
                    """));

    assertThat(ours(compilation)).hasSize(5);
  }

  @Test
  void writesNothingForATypeWithAnError(@TempDir Path folder) throws IOException {
    String source = agent("  @Cached void answer(String q) {}\n");
    Path file = Files.writeString(folder.resolve("SupportAgent.java"), source);
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    Iterable<? extends JavaFileObject> files =
        javac.getStandardFileManager(null, null, null).getJavaFileObjects(file);
    JavaCompiler.CompilationTask task =
        javac.getTask(
            new StringWriter(), null, null, List.of("-d", folder.toString()), null, files);
    task.setProcessors(List.of(new GildProcessor()));

    assertThat(task.call()).isFalse();
    try (Stream<Path> written = Files.list(folder)) {
      assertThat(written).containsExactly(file);
    }
  }

  static List<Diagnostic<? extends JavaFileObject>> ours(Compilation compilation) {
    return compilation.diagnostics().stream()
        .filter(each -> each.getMessage(Locale.ROOT).contains("["))
        .filter(each -> !each.getMessage(Locale.ROOT).startsWith("[options]"))
        .<Diagnostic<? extends JavaFileObject>>map(each -> each)
        .toList();
  }

  private static String text(Diagnostic<? extends JavaFileObject> diagnostic) {
    return diagnostic.getMessage(Locale.ROOT);
  }

  private static long markedLine(String source) {
    return source.substring(0, source.indexOf(MARK)).lines().count();
  }

  private static Arguments mistake(String message, String... sources) {
    return Arguments.of(message, List.of(sources));
  }
}
