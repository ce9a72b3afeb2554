package io.gild.evaluation;

import io.gild.evaluation.spi.Embedder;
import io.gild.evaluation.spi.JudgeModel;
import io.gild.evaluation.spi.LanguageDetector;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * What some validators need and others do not: found or made when first asked for. Thread-safe.
 *
 * <p>A judge is what the service loader finds, or else the endpoint of the environment: {@code
 * OPENAI_BASE_URL} and {@code OPENAI_API_KEY}, with the model that {@code GILD_JUDGE_MODEL} or the
 * system property {@code gild.judge.model} names.
 */
final class Helpers {

  private static final String OPENAI = "https://api.openai.com/v1";
  private static final String MODEL = "gpt-4o-mini";
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final ClassLoader loader;
  private @Nullable Embedder embedder;
  private @Nullable Judge judge;
  private @Nullable Optional<LanguageDetector> languages;

  Helpers(ClassLoader loader) {
    this.loader = loader;
  }

  synchronized Embedder embedder() {
    Embedder known = embedder;
    if (known == null) {
      known = first(Embedder.class).orElseGet(HashEmbedder::new);
      embedder = known;
    }
    return known;
  }

  synchronized Judge judge() {
    Judge known = judge;
    if (known == null) {
      JudgeModel model = first(JudgeModel.class).orElseGet(Helpers::environment);
      known = new Judge(model, LONGEST, new SecureRandom());
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

  private static JudgeModel environment() {
    return new OpenAiJudge(
        variable("OPENAI_BASE_URL", OPENAI),
        variable("OPENAI_API_KEY", ""),
        System.getProperty("gild.judge.model", variable("GILD_JUDGE_MODEL", MODEL)));
  }

  private static String variable(String name, String otherwise) {
    String value = System.getenv(name);
    return value == null || value.isBlank() ? otherwise : value;
  }

  private <T> Optional<T> first(Class<T> type) {
    return ServiceLoader.load(type, loader).findFirst();
  }
}
