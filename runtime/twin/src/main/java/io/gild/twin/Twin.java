package io.gild.twin;

import io.gild.config.Experimental;
import io.gild.config.Json;
import io.gild.config.PolicyTree;
import io.gild.config.Settings;
import io.gild.core.GildRuntime;
import io.gild.memory.AgentMemory;
import io.gild.vectors.VectorSpace;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One agent at one moment, without its memories and sessions, which a {@link TwinSource} passes on
 * one by one. Immutable.
 *
 * @param agent name of the agent
 * @param version version of the agent; empty if unversioned or unknown
 * @param taken when the twin was made
 * @param vectors the space of the vectors of its memories; {@code null} if these are absent
 * @param settings what {@code gild.yaml} and the other sources give, without shipped defaults; a
 *     secret in it is replaced by {@code «secret»}
 * @param methods its governed methods with the policies in force
 * @param models the models it uses
 * @param prompts the versions of its system prompts
 * @param breakers states of its circuit breakers, such as {@code open}, by name
 * @param figures how it has done; {@code null} if unknown
 * @param absent why a section, such as {@code figures}, is not in the twin; by its name
 */
@Experimental
public record Twin(
    String agent,
    String version,
    Instant taken,
    @Nullable VectorSpace vectors,
    PolicyTree settings,
    List<TwinMethod> methods,
    List<TwinModel> models,
    List<TwinPrompt> prompts,
    Map<String, String> breakers,
    @Nullable TwinFigures figures,
    Map<String, String> absent) {

  /** Copies the collections. */
  public Twin {
    methods = List.copyOf(methods);
    models = List.copyOf(models);
    prompts = List.copyOf(prompts);
    breakers = Collections.unmodifiableMap(new TreeMap<>(breakers));
    absent = Collections.unmodifiableMap(new TreeMap<>(absent));
  }

  /**
   * Writes a twin of an agent of this application.
   *
   * @param runtime the runtime that governs the agent
   * @param agent name of the agent
   * @param file the file; one that exists is replaced
   * @return the file
   * @throws TwinException if it cannot be written
   */
  public static TwinFile snapshot(GildRuntime runtime, String agent, Path file) {
    TwinSnapshot snapshot =
        TwinSnapshot.builder(agent, runtime.settings())
            .runtime(runtime)
            .memory(AgentMemory.of(runtime), true)
            .build();
    return TwinFile.write(file, snapshot);
  }

  /**
   * Sets the circuit breakers of this agent in a runtime as they were when the twin was made; an
   * open one waits its whole time anew. Methods that were not called yet have no breaker.
   *
   * @param runtime the runtime that governs the agent
   */
  public void resumeBreakers(GildRuntime runtime) {
    runtime.methods().stream()
        .filter(method -> method.spec().agent().equals(agent))
        .forEach(method -> method.resume(breakers));
  }

  /**
   * Returns the settings of the twin, without any of this JVM.
   *
   * @return the settings
   * @throws io.gild.config.SettingsException if this version of Gild does not accept them
   */
  public Settings effectiveSettings() {
    return Settings.builder().yaml("settings of the twin", Json.write(settings.toMap())).build();
  }
}
