package io.gild.twin;

import io.gild.config.Experimental;
import io.gild.config.Json;
import io.gild.config.Origin;
import io.gild.config.PolicyTree;
import io.gild.config.Settings;
import io.gild.core.CallKind;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.core.Tier;
import io.gild.memory.AgentMemory;
import io.gild.memory.MemorySettings;
import io.gild.memory.SessionKey;
import io.gild.memory.spi.MemoryStore;
import io.gild.memory.spi.SessionStore;
import io.gild.recording.Cassette;
import io.gild.recording.Scrubber;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An agent as it is now. What the sources do not have is named in {@link Twin#absent()}. Memories
 * and sessions are read when they are visited, one tenant or session after the other; an
 * application that goes on meanwhile may change those that were not read yet.
 */
@Experimental
public final class TwinSnapshot implements TwinSource {

  private static final String IN_PROCESS = "in-process";

  private static final Comparator<SessionKey> BY_KEY =
      Comparator.comparing(SessionKey::agent).thenComparing(SessionKey::session);

  /** The numbers depend on the other secrets of the settings. */
  private static final Pattern NUMBERED = Pattern.compile("«secret:\\d+»");

  private final Twin twin;
  private final @Nullable MemoryStore memories;
  private final @Nullable SessionStore sessions;

  private TwinSnapshot(Twin twin, Builder builder) {
    this.twin = twin;
    AgentMemory memory = builder.memory;
    this.memories =
        memory == null || twin.absent().containsKey("memories") ? null : memory.memories().store();
    this.sessions =
        memory == null || twin.absent().containsKey("sessions") ? null : memory.sessions().store();
  }

  /**
   * Returns a builder.
   *
   * @param agent name of the agent
   * @param settings the settings of its application
   * @return a builder without other sources
   */
  public static Builder builder(String agent, Settings settings) {
    return new Builder(agent, settings);
  }

  /** Collects the sources; not thread-safe. */
  public static final class Builder {

    private final String agent;
    private final Settings settings;
    private final List<MethodSpec> specs = new ArrayList<>();
    private final Map<String, String> absent = new TreeMap<>();
    private @Nullable GildRuntime runtime;
    private @Nullable AgentMemory memory;
    private boolean own;
    private List<Cassette.Call> calls = List.of();
    private boolean recorded;
    private boolean texts;
    private @Nullable Path callLog;

    private Builder(String agent, Settings settings) {
      this.agent = agent;
      this.settings = settings;
    }

    /**
     * Takes methods, breakers and figures from a runtime.
     *
     * @param value the runtime that governs the agent
     * @return this
     */
    public Builder runtime(GildRuntime value) {
      runtime = value;
      return this;
    }

    /**
     * Takes memories and sessions.
     *
     * @param value the memory; the caller closes it after the last visit
     * @param ofTheApplication whether the application itself uses this object, so that memories in
     *     its process are known
     * @return this
     */
    public Builder memory(AgentMemory value, boolean ofTheApplication) {
      memory = value;
      own = ofTheApplication;
      return this;
    }

    /**
     * Adds governed methods, whose policies the settings define.
     *
     * @param values the methods; those of other agents are left out
     * @return this
     */
    public Builder methods(List<MethodSpec> values) {
      values.stream().filter(spec -> spec.agent().equals(agent)).forEach(specs::add);
      return this;
    }

    /**
     * Takes models, prompts and methods from a recording.
     *
     * @param cassette the recording
     * @param withPrompts whether the prompts themselves are part of the twin, and not only their
     *     SHA-256
     * @return this
     */
    public Builder cassette(Cassette cassette, boolean withPrompts) {
      calls = cassette.calls().stream().filter(call -> call.agent().equals(agent)).toList();
      recorded = true;
      texts = withPrompts;
      return this;
    }

    /**
     * Takes figures from a log of calls.
     *
     * @param file the file that {@code observability.call-log} names
     * @return this
     */
    public Builder callLog(Path file) {
      callLog = file;
      return this;
    }

    /**
     * Creates the snapshot.
     *
     * @return the agent as it is
     * @throws TwinException if the log of calls cannot be read
     * @throws io.gild.memory.MemoryException if the memory cannot be opened
     */
    public TwinSnapshot build() {
      List<TwinMethod> methods = methods();
      TwinFigures figures = figures();
      boolean remembers = remembers();
      AgentMemory opened = memory;
      return new TwinSnapshot(
          new Twin(
              agent,
              version(methods),
              clockNow(),
              remembers && opened != null ? opened.memories().store().space() : null,
              withoutSecrets(settings.given()),
              methods,
              models(),
              prompts(),
              breakers(),
              figures,
              absent),
          this);
    }

    private Instant clockNow() {
      GildRuntime known = runtime;
      return known == null ? Instant.now() : known.clock().now();
    }

    /** Replaces passwords and keys; a twin may be shared with those who must not know them. */
    private static PolicyTree withoutSecrets(PolicyTree given) {
      Scrubber scrubber = new Scrubber(List.of(), false, System.getenv());
      Object clean = scrubber.scrub(given.toMap(), new Scrubber.Placeholders());
      return PolicyTree.fromJson(
          NUMBERED.matcher(Json.write(clean)).replaceAll("«secret»"), Origin.of("twin"));
    }

    private List<TwinMethod> methods() {
      EffectivePolicies policies = new EffectivePolicies(settings);
      Map<String, TwinMethod> methods = new TreeMap<>();
      RecordedCalls.specs(calls, specs).forEach(spec -> put(methods, policies.of(spec)));
      specs.forEach(spec -> put(methods, policies.of(spec)));
      governed().forEach(each -> put(methods, policies.of(each.spec(), each.policies())));
      if (methods.isEmpty()) {
        absent.put(
            "methods",
            "no source names a method of the agent: give its class path, a cassette, or take the snapshot in its application");
      }
      return List.copyOf(methods.values());
    }

    private static void put(Map<String, TwinMethod> methods, TwinMethod method) {
      MethodSpec spec = method.spec();
      methods.put(spec.className() + "#" + spec.methodName() + spec.descriptor(), method);
    }

    private List<GovernedMethod> governed() {
      GildRuntime known = runtime;
      return known == null
          ? List.of()
          : known.methods().stream()
              .filter(method -> method.spec().kind() == CallKind.AGENT)
              .filter(method -> method.spec().agent().equals(agent))
              .toList();
    }

    private static String version(List<TwinMethod> methods) {
      return methods.stream()
          .map(method -> method.spec().version())
          .filter(version -> !version.isEmpty())
          .findFirst()
          .orElse("");
    }

    private boolean remembers() {
      if (memory == null) {
        absent.put("memories", "no memory was given");
        absent.put("sessions", "no memory was given");
        return false;
      }
      MemorySettings stores = settings.get(MemorySettings.SECTION);
      inProcess("memories", stores.longTerm().store(), "memory.long-term.store");
      inProcess("sessions", stores.session().store(), "memory.session.store");
      return !absent.containsKey("memories");
    }

    private void inProcess(String section, String store, String key) {
      if (!own && store.equals(IN_PROCESS)) {
        absent.put(
            section,
            "%s is in-process, so they end with the application: set it to folder, or take the snapshot in the application"
                .formatted(key));
      }
    }

    private List<TwinModel> models() {
      Map<String, String> tiers = new TreeMap<>();
      settings
          .get(Tier.SECTION)
          .forEach((name, tier) -> {
            if (tier.available()) {
              tiers.merge(tier.model(), name, (one, other) -> one + ", " + other);
            }
          });
      Map<String, Long> requests = new TreeMap<>();
      GildRuntime known = runtime;
      if (known != null) {
        known.ledger().lines().stream()
            .filter(line -> line.agent().equals(agent))
            .forEach(line -> requests.merge(line.model(), line.requests(), Long::sum));
      } else if (recorded) {
        requests.putAll(CassetteFacts.models(calls));
      } else {
        absent.put("models seen in calls", "no cassette was given; tiers of the settings alone");
      }
      tiers.keySet().forEach(name -> requests.putIfAbsent(name, 0L));
      return requests.entrySet().stream()
          .map(each ->
              new TwinModel(each.getKey(), tiers.getOrDefault(each.getKey(), ""), each.getValue()))
          .toList();
    }

    private List<TwinPrompt> prompts() {
      if (!recorded) {
        absent.put("prompts", "no cassette was given");
        return List.of();
      }
      List<TwinPrompt> prompts = new ArrayList<>();
      CassetteFacts.prompts(calls)
          .forEach((text, requests) ->
              prompts.add(new TwinPrompt(Sha256.of(text), requests, texts ? text : null)));
      prompts.sort(Comparator.comparing(TwinPrompt::sha256));
      return prompts;
    }

    private Map<String, String> breakers() {
      if (runtime == null) {
        absent.put(
            "breakers",
            "their states are in the application: Twin.snapshot(runtime, agent, file) takes them there");
        return Map.of();
      }
      Map<String, String> states = new TreeMap<>();
      governed().forEach(method -> states.putAll(method.states()));
      return states;
    }

    private @Nullable TwinFigures figures() {
      Path log = callLog;
      if (log != null) {
        return FigureSources.ofCallLog(log, agent);
      }
      GildRuntime known = runtime;
      if (known == null) {
        absent.put("figures", "no log of calls was given");
        return null;
      }
      absent.put("latencies", "a runtime does not keep them; a log of calls has them");
      return FigureSources.of(known, agent);
    }
  }

  @Override
  public Twin twin() {
    return twin;
  }

  @Override
  public void visit(TwinVisitor visitor) {
    MemoryStore facts = memories;
    if (facts != null) {
      facts.tenants().stream()
          .sorted()
          .flatMap(tenant -> facts.all(tenant).stream())
          .filter(record -> isSeen(record.memory().owner().agent()))
          .forEach(visitor::memory);
    }
    SessionStore conversations = sessions;
    if (conversations != null) {
      conversations.tenants().stream()
          .sorted()
          .flatMap(tenant -> conversations.sessions(tenant).stream().sorted(BY_KEY))
          .filter(key -> key.agent().equals(twin.agent()))
          .map(conversations::read)
          .filter(session -> session.revision() > 0)
          .forEach(visitor::session);
    }
  }

  /** Returns whether a memory is the agent's, or one that all agents share. */
  private boolean isSeen(String owner) {
    return owner.isEmpty() || owner.equals(twin.agent());
  }
}
