package io.gild.evaluation;

import io.gild.core.PersonalData;
import io.gild.evaluation.spi.Verdict;
import io.gild.golden.AnswerCheck.Pii;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Judges whether an answer has personal data. A verdict names kinds, never the data. */
final class PersonalDataCheck {

  private PersonalDataCheck() {}

  static Verdict judge(List<Pii> kinds, String answer) {
    List<String> found = new ArrayList<>();
    for (Pii kind : kinds) {
      long count =
          PersonalData.count(PersonalData.Kind.valueOf(kind.name()), new BoundedText(answer));
      if (count > 0) {
        found.add(count + " " + kind.name().toLowerCase(Locale.ROOT).replace('_', ' '));
      }
    }
    return Verdict.of(found.isEmpty(), "contains personal data: " + String.join(", ", found));
  }
}
