package io.gild.language;

import com.google.auto.service.AutoService;
import io.gild.evaluation.spi.LanguageDetector;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import opennlp.tools.langdetect.Language;
import opennlp.tools.langdetect.LanguageDetectorME;
import opennlp.tools.langdetect.LanguageDetectorModel;

/** Apache OpenNLP's detector; its model is loaded with the first text. Thread-safe. */
@SuppressWarnings("exports") // AutoService is read by the compiler alone
@AutoService(LanguageDetector.class)
public final class OpenNlpLanguageDetector implements LanguageDetector {

  private static final String MODEL = "/langdetect-183.bin";

  /** Fewer letters are ambiguous: "ok" is a word of a dozen languages. */
  private static final int FEWEST_LETTERS = 12;

  private static final Map<String, String> SHORT_CODES = new HashMap<>();

  static {
    for (String code : Locale.getISOLanguages()) {
      SHORT_CODES.put(Locale.forLanguageTag(code).getISO3Language(), code);
    }
    // Macrolanguages that the model distinguishes.
    SHORT_CODES.put("cmn", "zh");
    SHORT_CODES.put("nob", "no");
    SHORT_CODES.put("pes", "fa");
    SHORT_CODES.put("ekk", "et");
    SHORT_CODES.put("lvs", "lv");
    SHORT_CODES.put("plt", "mg");
  }

  private static final class Loaded {
    static final LanguageDetectorModel MODEL_OF_ALL = load();
  }

  /** Creates a detector; the service loader does. */
  public OpenNlpLanguageDetector() {}

  @Override
  public Map<String, Double> detect(String text) {
    Optional<String> byScript = Scripts.language(text);
    if (byScript.isPresent()) {
      return Map.of(byScript.get(), 1.0);
    }
    if (text.codePoints().filter(Character::isLetter).count() < FEWEST_LETTERS) {
      return Map.of();
    }
    Map<String, Double> languages = new HashMap<>();
    for (Language language : new LanguageDetectorME(Loaded.MODEL_OF_ALL).predictLanguages(text)) {
      String code = SHORT_CODES.getOrDefault(language.getLang(), language.getLang());
      languages.merge(code, language.getConfidence(), Double::sum);
    }
    return languages;
  }

  private static LanguageDetectorModel load() {
    try (InputStream stream = LanguageDetectorME.class.getResourceAsStream(MODEL)) {
      if (stream == null) {
        throw new IllegalStateException(
            MODEL + " is missing; it comes with org.apache.opennlp:opennlp-models-langdetect");
      }
      return new LanguageDetectorModel(stream);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + MODEL, e);
    }
  }
}
