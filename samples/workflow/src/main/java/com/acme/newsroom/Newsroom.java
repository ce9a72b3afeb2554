package com.acme.newsroom;

import io.gild.a2a.client.A2aClient;
import io.gild.orchestration.A2aStep;
import io.gild.orchestration.StepFunction;
import io.gild.orchestration.Workflow;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The workflow: research, then write and review until the review is good. */
final class Newsroom {

  private static final int MOST_ROUNDS = 5;
  private static final Map<String, Object> PATIENT =
      Map.of("max-attempts", 8, "wait-duration", "250ms", "max-wait-duration", "2s");

  private Newsroom() {}

  static Workflow<String, Article> workflow(
      A2aClient researcher, A2aClient writer, A2aClient reviewer) {
    Workflow<Article, Article> revision =
        Workflow.<Article>named("revision")
            .stepWithContext(
                "write",
                asking(writer, Article::assignment, Article::withText),
                step -> step.policy("retry", PATIENT).timeLimit(Duration.ofSeconds(20)))
            .stepWithContext(
                "review",
                asking(reviewer, Article::text, Article::withReview),
                step -> step.policy("retry", PATIENT).timeLimit(Duration.ofSeconds(20)))
            .build();
    return Workflow.<String>named("article")
        .step("assign", Article::on)
        .stepWithContext(
            "research",
            asking(researcher, Article::topic, Article::withNotes),
            step -> step.policy("retry", PATIENT).timeLimit(Duration.ofSeconds(20)))
        .repeat("gate", MOST_ROUNDS, revision, Article::isGood)
        .budget(new BigDecimal("0.25"))
        .build();
  }

  /** Asks an agent about an article, and adds its answer. */
  private static StepFunction.WithContext<Article, Article> asking(
      A2aClient agent,
      Function<Article, String> question,
      BiFunction<Article, String, Article> answer) {
    A2aStep step = A2aStep.asking(agent);
    return (article, context) -> answer.apply(article, step.run(question.apply(article), context));
  }
}
