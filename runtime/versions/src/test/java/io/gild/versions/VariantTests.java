package io.gild.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gild.config.PolicyTree;
import io.gild.config.Settings;
import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.Effect;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.core.MethodSpec.Parameter;
import io.gild.core.MethodSpec.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a new version may differ in, and what happens if it cannot answer. */
class VariantTests {

  private final GildRuntime runtime = GildRuntime.builder().build();
  private final GovernedMethod method = Desk.method(runtime);
  private final Versions versions = Versions.of(runtime);

  @AfterEach
  void close() {
    runtime.close();
  }

  private void all(Variant variant) {
    versions.split("r", "desk", variant).share(Buckets.COUNT);
  }

  private void assertRejected(Variant variant, String why) {
    assertThatExceptionOfType(VersionException.class)
        .isThrownBy(() -> versions.split("r", "desk", variant))
        .withMessage(
            "Rollout \"r\": version "
                + variant.version()
                + " cannot answer calls of io.gild.versions.Desk#answer: "
                + why);
    assertThat(versions.splits()).isEmpty();
    assertThat(Desk.ask(method, "a", "q")).isEqualTo("1: q");
  }

  /** An object that code makes. */
  @Test
  void callsAnObjectThatASupplierReturns() {
    List<Object> made = new ArrayList<>();
    all(
        Variant.named("2.0")
            .implementation(() -> {
              Desk.Next next = new Desk.Next();
              made.add(next);
              return next;
            }));

    assertThat(Desk.ask(method, "a", "q")).isEqualTo("2: q");
    assertThat(Desk.ask(method, "b", "q")).isEqualTo("2: q");
    assertThat(made).hasSize(1);
  }

  /** Passes on to the version that it wraps. */
  public static final class Decorator {

    private final GovernedMethod method;

    Decorator(GovernedMethod method) {
      this.method = method;
    }

    /** Answers in capitals. */
    public String answer(String tenant, String question) {
      return Desk.ask(method, tenant, question) + "!";
    }
  }

  @Test
  void letsNewCodeCallThePresentCode() {
    all(Variant.named("2.0").implementation(() -> new Decorator(method)));

    assertThat(Desk.ask(method, "a", "q")).isEqualTo("1: q!");
  }

  @Test
  void givesThePromptOfTheVersionToTheCodeAlone(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("prompt.txt"), "Be short. {prompt} Thanks.\n");
    all(Variant.named("2.0").prompt(file));
    Object[] arguments = {"a", "why?"};

    Object answer =
        method.call(new Desk(), given -> new Desk().answer("a", (String) given[1]), arguments);

    assertThat(answer).isEqualTo("1: Be short. why? Thanks.");
    assertThat(arguments).as("what stages and listeners see").containsExactly("a", "why?");
  }

  @Test
  void putsATextWithoutAPlaceBeforeThePrompt() {
    all(Variant.named("2.0").prompt("Be short.\n"));

    assertThat(Desk.ask(method, "a", "why?")).isEqualTo("1: Be short.\n\nwhy?");
  }

  @Test
  void leavesAnAbsentPromptAlone() {
    all(Variant.named("2.0").prompt("Be short. {prompt}"));

    assertThat(method.call(null, given -> "got " + given[1], "a", null)).isEqualTo("got null");
  }

  @Test
  void combinesCodeAndPrompt() {
    all(Variant.named("2.0").implementation(Desk.Next.class.getName()).prompt("P {prompt}"));

    assertThat(Desk.ask(method, "a", "q")).isEqualTo("2: P q");
  }

  private static MethodSpec withModel() {
    return new MethodSpec(
        CallKind.AGENT,
        "routed",
        "",
        Desk.class.getName(),
        "route",
        "(Ljava/lang/String;Ljava/lang/String;)Ljava/lang/String;",
        List.of(
            new Parameter("question", "java.lang.String", Role.PROMPT),
            new Parameter("model", "java.lang.String", Role.MODEL)),
        Effect.NONE,
        PolicyTree.empty());
  }

  @Test
  void replacesModelsByName() {
    GovernedMethod routed = runtime.method(withModel());
    versions
        .split(
            "r", "routed", Variant.named("2.0").models(Map.of("small", "large", "large", "huge")))
        .share(Buckets.COUNT);

    assertThat(routed.call(null, given -> given[1], "q", "small")).isEqualTo("large");
    assertThat(routed.call(null, given -> given[1], "q", "other")).isEqualTo("other");
  }

  @Test
  void replacesEveryModelOfChatRequestsInside() {
    GovernedMethod chat = runtime.method(chat());
    AtomicReference<@Nullable AgentCall> inside = new AtomicReference<>();
    all(Variant.named("2.0").model("new"));

    method.call(
        null,
        given ->
            chat.call(
                null,
                request -> {
                  inside.set(AgentCall.current());
                  return "ok";
                },
                "request",
                "prompt",
                "old"),
        "a",
        "q");

    AgentCall call = inside.get();
    assertThat(call).isNotNull();
    assertThat(call.routedModel()).isEqualTo("new");
    assertThat(call.isModelRequired()).isTrue();
    assertThat(call.method()).as("its own caches and breakers").isNotSameAs(chat);
    assertThat(call.method().spec().version()).isEqualTo("2.0");
  }

  private static MethodSpec chat() {
    return new MethodSpec(
        CallKind.CHAT,
        "desk",
        "1.0",
        "com.acme.Model",
        "chat",
        "(Ljava/lang/Object;Ljava/lang/String;Ljava/lang/String;)Ljava/lang/Object;",
        List.of(
            new Parameter("request", "java.lang.Object", Role.NONE),
            new Parameter("prompt", "java.lang.String", Role.PROMPT),
            new Parameter("model", "java.lang.String", Role.MODEL)),
        Effect.NONE,
        PolicyTree.empty());
  }

  @Test
  void givesTheNewVersionItsOwnSettings() {
    Settings settings =
        Settings.builder()
            .yaml("new.yaml", "tools:\n- match: pay\n  effect: side-effect\n")
            .build();
    AtomicReference<@Nullable Settings> seen = new AtomicReference<>();
    all(Variant.named("2.0").settings(settings));

    method.call(
        null,
        given -> {
          AgentCall call = AgentCall.current();
          seen.set(call == null ? null : call.method().settings());
          return "";
        },
        "a",
        "q");

    assertThat(seen.get()).isSameAs(settings);
    assertThat(method.settings()).isNotSameAs(settings);
  }

  @Test
  void keepsItsOwnSettingsWhenThoseOfTheRuntimeChange() {
    Settings settings = Settings.builder().yaml("new.yaml", "mode: observe\n").build();
    AtomicReference<@Nullable Settings> seen = new AtomicReference<>();
    all(Variant.named("2.0").settings(settings));

    runtime.reload(Settings.builder().yaml("gild.yaml", "mode: enforce\n").build());
    method.call(
        null,
        given -> {
          AgentCall call = AgentCall.current();
          seen.set(call == null ? null : call.method().settings());
          return "";
        },
        "a",
        "q");

    assertThat(seen.get()).isSameAs(settings);
    assertThat(versions.splits()).as("a reload ends no rollout").hasSize(1);
  }

  /** Has no method that fits. */
  public static final class Other {

    /** Creates it. */
    public Other() {}

    /** Has other parameters. */
    public String answer(String question) {
      return question;
    }
  }

  /** Returns something else. */
  public static final class Numbers {

    /** Creates it. */
    public Numbers() {}

    /** Returns a number. */
    public Integer answer(String tenant, String question) {
      return 1;
    }
  }

  /** Cannot be made. */
  public static final class Broken {

    /** Fails. */
    public Broken() {
      throw new IllegalStateException("no database");
    }
  }

  /** Needs an argument. */
  public static final class Needy {

    /** Creates it. */
    public Needy(String url) {
      assertThat(url).isNotNull();
    }
  }

  private static Variant coded(Class<?> type) {
    return Variant.named("2.0").implementation(type.getName());
  }

  @Test
  void rejectsCodeThatCannotAnswer() {
    String name = VariantTests.class.getName();
    assertRejected(
        Variant.named("2.0").implementation("com.acme.Desk2"),
        "the application has no class com.acme.Desk2; check the name and the class path.");
    assertRejected(
        coded(Other.class),
        name
            + "$Other has no method answer with the parameters [Ljava/lang/String;,"
            + " Ljava/lang/String;]; it has [Ljava/lang/String;].");
    assertRejected(
        coded(Numbers.class),
        name
            + "$Numbers#answer returns java.lang.Integer, but the present version returns"
            + " java.lang.String.");
    assertRejected(
        coded(Broken.class),
        "the constructor of "
            + name
            + "$Broken threw java.lang.IllegalStateException: no database.");
    assertRejected(
        coded(Needy.class),
        name
            + "$Needy has no constructor without parameters; add one, or give a supplier of the"
            + " object.");
    assertRejected(
        Variant.named("2.0").implementation(() -> null),
        "its supplier returned null instead of an object.");
  }

  @Test
  void rejectsTheNameOfThePresentVersion() {
    assertRejected(
        Variant.named("1.0").prompt("P"),
        "it has the name of the present version; choose another name.");
  }

  @Test
  void staysWithThePresentVersionOfAMethodThatIsFoundLater() {
    GildRuntime fresh = GildRuntime.builder().build();
    VersionSplit split =
        Versions.of(fresh).split("r", "desk", coded(Broken.class)).share(Buckets.COUNT);

    assertThat(Desk.ask(Desk.method(fresh), "a", "q")).isEqualTo("1: q");
    assertThat(split.problems())
        .singleElement()
        .asString()
        .contains("the constructor of", "no database");
    assertThat(split.counts().canary()).isZero();
    fresh.close();
  }

  /** Answers later. */
  public static final class Later {

    /** Creates it. */
    public Later() {}

    /** Answers later. */
    public CompletableFuture<String> answer(String tenant, String question) {
      return CompletableFuture.supplyAsync(() -> "2: " + question);
    }
  }

  @Test
  void answersLater() throws Exception {
    GildRuntime fresh = GildRuntime.builder().build();
    GovernedMethod later =
        fresh.method(
            Desk.spec(
                "answer",
                "(Ljava/lang/String;Ljava/lang/String;)Ljava/util/concurrent/CompletableFuture;"));
    Versions.of(fresh).split("r", "desk", coded(Later.class)).share(Buckets.COUNT);

    Object stage = later.call(null, given -> CompletableFuture.completedFuture("1"), "a", "q");

    assertThat(stage).isInstanceOf(CompletableFuture.class);
    assertThat(((CompletableFuture<?>) stage).get()).isEqualTo("2: q");
    fresh.close();
  }
}
