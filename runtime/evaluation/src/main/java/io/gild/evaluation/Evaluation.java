package io.gild.evaluation;

import io.gild.config.Experimental;
import io.gild.config.Require;
import io.gild.config.Section;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the model and the embedder that judge answers to golden tasks.
 *
 * @param baseUrl the judge's endpoint, which supports OpenAI's chat completions, such as {@code
 *     https://api.openai.com/v1}; {@code null} for the value of {@code OPENAI_BASE_URL}, or else
 *     OpenAI
 * @param model the judge's model, for checks that name none
 * @param apiKeyEnv name of the environment variable that holds the judge's key, in capitals, never
 *     a key; if the variable is not set, no key is sent
 * @param timeout longest time to one reply of the judge; above zero
 * @param embedder compares the meaning of texts
 */
@Experimental
public record Evaluation(
    @Nullable String baseUrl,
    String model,
    String apiKeyEnv,
    Duration timeout,
    EmbedderChoice embedder) {

  /** The section {@code evaluation}. */
  public static final Section<Evaluation> SECTION =
      Section.of("evaluation", Evaluation.class).optional(Evaluation.class, "base-url");

  /** Compares the meaning of texts. */
  public enum EmbedderChoice {
    /** The first embedder among the dependencies, or else hashed words and character runs. */
    DEFAULT,
    /** all-MiniLM-L6-v2 of {@code gild-embeddings-minilm}, without a substitute. */
    MINILM
  }

  /** Capitals only; almost no key looks like that. */
  private static final Pattern VARIABLE = Pattern.compile("[A-Z_][A-Z0-9_]*");

  /** The parts of a URL that may contain a secret. */
  private static final Pattern SECRET = Pattern.compile("[@?#]");

  /** Checks the values; messages never repeat a value that may contain a secret. */
  public Evaluation {
    if (baseUrl != null && !isEndpoint(baseUrl)) {
      throw new IllegalArgumentException(
          "base-url must be an http or https URL without user, password and query, such as"
              + " https://api.openai.com/v1"
              + (mayHoldSecret(baseUrl) ? "" : ", but is \"" + baseUrl + "\""));
    }
    if (model.isBlank()) {
      throw new IllegalArgumentException("model must not be empty");
    }
    if (!VARIABLE.matcher(apiKeyEnv).matches()) {
      throw new IllegalArgumentException(
          "api-key-env must be the name of an environment variable, such as OPENAI_API_KEY, and"
              + " never a key");
    }
    Require.positive(timeout, "timeout");
  }

  private static boolean isEndpoint(String text) {
    try {
      URI uri = new URI(text);
      return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null
          && !mayHoldSecret(text);
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean mayHoldSecret(String url) {
    return SECRET.matcher(url).find();
  }
}
