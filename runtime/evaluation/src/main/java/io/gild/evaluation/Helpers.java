package io.gild.evaluation;

import io.gild.config.GildYaml;
import io.gild.config.Settings;
import io.gild.config.SettingsBuilder;
import io.gild.core.spi.Embedder;
import io.gild.core.spi.ModelClient;
import io.gild.evaluation.Evaluation.EmbedderChoice;
import io.gild.evaluation.spi.LanguageDetector;
import io.gild.vectors.HashEmbedder;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Objects that only some validators need; each is found or made at first use. Thread-safe.
 *
 * <p>The judge is the one that the service loader finds, or else the endpoint that {@code
 * evaluation} in the settings describes. {@code OPENAI_BASE_URL} replaces a missing {@code
 * base-url}, and the system property {@code gild.judge.model} or {@code GILD_JUDGE_MODEL} overrides
 * {@code model}. Invalid settings disable the judge: data that was meant to stay local must not be
 * sent to another host.
 */
final class Helpers {

  private static final String OPENAI = "https://api.openai.com/v1";
  private static final String MINILM = "all-minilm";

  private final ClassLoader loader;
  private final Supplier<Evaluation> reader;
  private @Nullable Evaluation settings;
  private @Nullable Embedder embedder;
  private @Nullable Judge judge;

  @SuppressWarnings("NullableOptional") // null until it was looked for
  private @Nullable Optional<LanguageDetector> languages;

  Helpers(ClassLoader loader) {
    this(loader, Helpers::ofThisJvm);
  }

  /**
   * @param reader reads the settings when they are first needed
   */
  Helpers(ClassLoader loader, Supplier<Evaluation> reader) {
    this.loader = loader;
    this.reader = reader;
  }

  private static Evaluation ofThisJvm() {
    Path file = GildYaml.ofThisJvm();
    SettingsBuilder builder = Settings.ofThisJvm();
    return (file == null ? builder : builder.file(file)).build().get(Evaluation.SECTION);
  }

  private Evaluation settings() {
    Evaluation known = settings;
    if (known == null) {
      known = reader.get();
      settings = known;
    }
    return known;
  }

  synchronized Embedder embedder() {
    Embedder known = embedder;
    if (known == null) {
      known =
          settings().embedder() == EmbedderChoice.MINILM
              ? miniLm()
              : first(Embedder.class).orElseGet(HashEmbedder::new);
      embedder = known;
    }
    return known;
  }

  private Embedder miniLm() {
    for (Embedder each : ServiceLoader.load(Embedder.class, loader)) {
      if (each.name().startsWith(MINILM)) {
        return each;
      }
    }
    throw new IllegalStateException(
        "evaluation.embedder is minilm; add the dependency io.gild:gild-embeddings-minilm");
  }

  synchronized Judge judge() {
    Judge known = judge;
    if (known == null) {
      Evaluation given = settings();
      ModelClient model = first(ModelClient.class).orElseGet(() -> endpoint(given));
      known = new Judge(model, given.timeout(), new SecureRandom());
      judge = known;
    }
    return known;
  }

  synchronized Optional<LanguageDetector> languages() {
    Optional<LanguageDetector> known = languages;
    if (known == null) {
      known = first(LanguageDetector.class);
      languages = known;
    }
    return known;
  }

  private static ModelClient endpoint(Evaluation given) {
    String baseUrl = given.baseUrl();
    return new OpenAiJudge(
        baseUrl == null ? variable("OPENAI_BASE_URL", OPENAI) : baseUrl,
        variable(given.apiKeyEnv(), ""),
        System.getProperty("gild.judge.model", variable("GILD_JUDGE_MODEL", given.model())));
  }

  private static String variable(String name, String otherwise) {
    String value = System.getenv(name);
    return value == null || value.isBlank() ? otherwise : value;
  }

  private <T> Optional<T> first(Class<T> type) {
    return ServiceLoader.load(type, loader).findFirst();
  }
}
