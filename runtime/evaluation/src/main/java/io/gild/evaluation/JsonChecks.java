package io.gild.evaluation;

import dev.harrel.jsonschema.Error;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import io.gild.config.Json;
import io.gild.evaluation.spi.Evidence;
import io.gild.evaluation.spi.Verdict;
import io.gild.golden.AnswerCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Judges answers that are JSON; a Markdown code fence around the JSON is ignored. */
final class JsonChecks {

  private static final Pattern FENCE =
      Pattern.compile("\\A\\s*```[\\w-]*\\s*\\R(.*?)\\R?\\s*```\\s*\\z", Pattern.DOTALL);
  private static final int MOST_TOLD = 5;

  private JsonChecks() {}

  static Verdict equal(AnswerCheck.Json check, Evidence evidence) {
    Object given;
    try {
      given = value(evidence);
    } catch (IllegalArgumentException none) {
      return Verdict.fail("the answer is not JSON: " + none.getMessage());
    }
    List<String> differences =
        new JsonDifference(check).between(Composed.texts(check.value()), given);
    return Verdict.of(differences.isEmpty(), summary(differences));
  }

  static Verdict ofSchema(AnswerCheck.JsonSchema check, Evidence evidence) {
    Object given;
    try {
      given = value(evidence);
    } catch (IllegalArgumentException none) {
      return Verdict.fail("the answer is not JSON: " + none.getMessage());
    }
    Validator.Result result =
        new ValidatorFactory()
            .withJsonNodeFactory(new PlainNode.Factory())
            .validate(PlainNode.of(Composed.texts(check.schema())), PlainNode.of(given));
    List<String> errors = new ArrayList<>();
    for (Error error : result.getErrors()) {
      errors.add(
          (error.getInstanceLocation().isEmpty() ? "/" : error.getInstanceLocation())
              + ": "
              + error.getError());
    }
    return Verdict.of(result.isValid(), summary(errors));
  }

  private static @Nullable Object value(Evidence evidence) {
    if (!(evidence.answer() instanceof CharSequence)) {
      return Composed.plain(evidence.answer());
    }
    String text = evidence.text();
    Matcher fence = FENCE.matcher(text);
    return Composed.texts(Json.read(fence.matches() ? fence.group(1) : text));
  }

  private static String summary(List<String> problems) {
    int more = problems.size() - MOST_TOLD;
    return String.join("; ", problems.subList(0, Math.min(MOST_TOLD, problems.size())))
        + (more > 0 ? "; and " + more + " more" : "");
  }
}
