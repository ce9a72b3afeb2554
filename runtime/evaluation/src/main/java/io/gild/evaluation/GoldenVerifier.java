package io.gild.evaluation;

import com.google.auto.service.AutoService;
import io.gild.config.Experimental;
import io.gild.core.AgentCall;
import io.gild.core.GildLog;
import io.gild.core.MethodScope;
import io.gild.core.MethodSpec;
import io.gild.core.spi.AnswerVerifier;
import io.gild.evaluation.spi.Evidence;
import io.gild.gates.Outcome;
import io.gild.golden.AnswerCheck;
import io.gild.golden.CheckKind;
import io.gild.golden.DeclaredAgent;
import io.gild.golden.GoldenSet;
import io.gild.golden.GoldenSources;
import io.gild.golden.GoldenSpec;
import io.gild.golden.WeightedCheck;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks live answers by the golden tasks of their method: by the checks that all of its tasks have
 * in common, such as a JSON schema or a language, and by those of a task that asks the same
 * question. Checks that cost money or time, or judge more than the text, have no part in it.
 */
@Experimental
@SuppressWarnings("exports") // AutoService is read by the compiler alone
@AutoService(AnswerVerifier.class)
public final class GoldenVerifier implements AnswerVerifier {

  /** Checks of the form of an answer, which even a single task says of all answers. */
  private static final Set<Class<?>> FORM =
      Set.of(
          AnswerCheck.JsonSchema.class,
          AnswerCheck.Length.class,
          AnswerCheck.Language.class,
          AnswerCheck.Refusal.class,
          AnswerCheck.NoPii.class,
          AnswerCheck.Custom.class);

  private static final Set<Class<?>> OF_TEXT =
      Set.of(
          AnswerCheck.Exact.class,
          AnswerCheck.Contains.class,
          AnswerCheck.Regex.class,
          AnswerCheck.Number.class,
          AnswerCheck.Json.class,
          AnswerCheck.RougeL.class,
          AnswerCheck.Levenshtein.class);

  private static final int LONGEST_QUESTION = 10_000;

  /** Creates the verifier; the service loader does. */
  public GoldenVerifier() {}

  @Override
  public @Nullable Check of(MethodScope method) {
    ClassLoader loader = method.application().loader();
    if (loader == null) {
      return null;
    }
    List<GoldenSpec> tasks = tasks(method.spec(), loader);
    Set<AnswerCheck> common = common(tasks);
    Map<String, List<AnswerCheck>> byQuestion = byQuestion(tasks);
    return common.isEmpty() && byQuestion.isEmpty()
        ? null
        : new GoldenChecks(new Validators(loader), List.copyOf(common), byQuestion);
  }

  private static List<GoldenSpec> tasks(MethodSpec spec, ClassLoader loader) {
    String path = DeclaredAgent.FOLDER + spec.className() + ".json";
    try (InputStream file = loader.getResourceAsStream(path)) {
      if (file == null) {
        return List.of();
      }
      DeclaredAgent agent =
          DeclaredAgent.read(path, new String(file.readAllBytes(), StandardCharsets.UTF_8));
      return GoldenSet.of(agent, GoldenSources.onClassPath(loader)).tasks().stream()
          .filter(task ->
              task.method().name().equals(spec.methodName())
                  && task.method().descriptor().equals(spec.descriptor()))
          .map(GoldenSet.Task::spec)
          .toList();
    } catch (IOException | RuntimeException e) {
      GildLog.infoOnce(
          "The golden tasks of "
              + spec.id()
              + " cannot be read ("
              + e
              + "); its live answers are checked without them.");
      return List.of();
    }
  }

  private static Set<AnswerCheck> common(List<GoldenSpec> tasks) {
    Set<AnswerCheck> common = null;
    for (GoldenSpec task : tasks) {
      Set<AnswerCheck> own = new LinkedHashSet<>();
      for (AnswerCheck check : checks(task)) {
        if (isOf(check, FORM) || tasks.size() > 1 && isLive(check)) {
          own.add(check);
        }
      }
      if (common == null) {
        common = own;
      } else {
        common.retainAll(own);
      }
    }
    return common == null ? Set.of() : common;
  }

  private static Map<String, List<AnswerCheck>> byQuestion(List<GoldenSpec> tasks) {
    Map<String, List<AnswerCheck>> byQuestion = new HashMap<>();
    for (GoldenSpec task : tasks) {
      String question = task.question().strip();
      List<AnswerCheck> live = checks(task).stream().filter(GoldenVerifier::isLive).toList();
      if (task.turns().size() == 1 && !live.isEmpty() && question.length() <= LONGEST_QUESTION) {
        byQuestion.putIfAbsent(question, live);
      }
    }
    return byQuestion;
  }

  private static List<AnswerCheck> checks(GoldenSpec task) {
    List<AnswerCheck> checks = new ArrayList<>();
    task.checks().forEach(each -> checks.add(each.check()));
    task.turns().get(task.turns().size() - 1).checks().forEach(each -> checks.add(each.check()));
    return checks;
  }

  private static boolean isLive(AnswerCheck check) {
    return isOf(check, FORM) || isOf(check, OF_TEXT);
  }

  private static boolean isOf(AnswerCheck check, Set<Class<?>> kinds) {
    if (check instanceof AnswerCheck.Not not) {
      return isLive(not.check());
    }
    if (check instanceof AnswerCheck.All all) {
      return all.checks().stream().map(WeightedCheck::check).allMatch(each -> isOf(each, kinds));
    }
    if (check instanceof AnswerCheck.Any any) {
      return any.checks().stream().map(WeightedCheck::check).allMatch(each -> isOf(each, kinds));
    }
    return kinds.contains(check.getClass());
  }

  /** The checks of one method. */
  private record GoldenChecks(
      Validators validators, List<AnswerCheck> common, Map<String, List<AnswerCheck>> byQuestion)
      implements Check {

    @Override
    public @Nullable String reject(AgentCall call, String prompt, String answer) {
      Evidence evidence = Evidence.of(prompt, answer);
      // A golden task that is run must not be answered with the help of its own solution.
      List<AnswerCheck> checks =
          call.isFresh() ? common : byQuestion.getOrDefault(prompt.strip(), common);
      for (AnswerCheck check : checks) {
        if (validators.judge(check, evidence).outcome() == Outcome.FAILED) {
          return "golden check " + kind(check);
        }
      }
      return null;
    }

    private static String kind(AnswerCheck check) {
      return Arrays.stream(CheckKind.values())
          .filter(kind -> kind.type() == check.getClass())
          .map(CheckKind::key)
          .findFirst()
          .orElse("");
    }
  }
}
