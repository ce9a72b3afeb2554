package io.gild.operations;

import io.gild.config.Experimental;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One of the two versions of a rollout: what differs, and where it runs.
 *
 * @param version its name, such as {@code 2} or {@code 1.4.0}
 * @param implementation class with the same method, in one JVM
 * @param prompt file with the prompt, with {@code {prompt}} in place of what the caller gave
 * @param model name of the model that answers instead of any other one
 * @param models names of models by those that they replace
 * @param settings a {@code gild.yaml} that applies to the agent's calls instead
 * @param address where the process answers, for smoke and golden tests, such as {@code
 *     http://127.0.0.1:8081}
 * @param start the command that starts the process, and its arguments
 * @param startTimeout how long the process may take until it answers; above zero
 */
@Experimental
public record VersionSettings(
    String version,
    @Nullable String implementation,
    @Nullable Path prompt,
    @Nullable String model,
    Map<String, String> models,
    @Nullable Path settings,
    @Nullable String address,
    List<String> start,
    @Nullable Duration startTimeout) {

  private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

  /** Checks the values and copies the collections. */
  public VersionSettings {
    if (version.isBlank()) {
      throw new IllegalArgumentException("version must name the version, but is blank");
    }
    models = Map.copyOf(models);
    start = List.copyOf(start);
    startTimeout = startTimeout == null ? START_TIMEOUT : startTimeout;
  }

  /**
   * Returns whether the version differs within one JVM.
   *
   * @return {@code true} if it has its own implementation, prompt, model or settings
   */
  public boolean differsInJvm() {
    return implementation != null
        || prompt != null
        || model != null
        || !models.isEmpty()
        || settings != null;
  }
}
