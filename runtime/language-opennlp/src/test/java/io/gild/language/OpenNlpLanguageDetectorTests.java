package io.gild.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.evaluation.spi.LanguageDetector;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenNlpLanguageDetectorTests {

  private final LanguageDetector detector =
      ServiceLoader.load(LanguageDetector.class).findFirst().orElseThrow();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "en | You can return the shoes within thirty days of purchase.",
        "de | Sie können die Schuhe innerhalb von dreißig Tagen zurückgeben.",
        "fr | Vous pouvez retourner les chaussures dans les trente jours.",
        "es | Puede devolver los zapatos dentro de los treinta días.",
        "it | Puoi restituire le scarpe entro trenta giorni dall'acquisto.",
        "nl | U kunt de schoenen binnen dertig dagen terugsturen.",
        "pt | Você pode devolver os sapatos em até trinta dias.",
        "ru | Вы можете вернуть обувь в течение тридцати дней.",
        "zh | 您可以在购买后三十天内退回鞋子，并获得全额退款。",
        "ja | ご購入から三十日以内であれば靴を返品できます。"
      })
  void detectsTheLanguageOfASentence(String code, String text) {
    Map<String, Double> languages = detector.detect(text);

    assertThat(languages.entrySet().stream().max(Map.Entry.comparingByValue()).get().getKey())
        .isEqualTo(code);
  }

  @Test
  void detectsNoLanguageInOneWord() {
    assertThat(detector.detect("ok 42")).isEmpty();
  }
}
