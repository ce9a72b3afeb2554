package io.gild.smoke;

import io.gild.config.Durations;
import io.gild.smoke.spi.SmokeFinding;
import java.io.IOException;
import java.time.Duration;

/** Asks the agent a golden task and judges the answer. */
final class AgentCallStep implements SmokeStep {

  private final AnswerScorer scorer = new AnswerScorer();

  @Override
  public SmokeFinding run(SmokeScope scope) throws IOException, InterruptedException {
    SmokeAgent agent = scope.agent();
    if (agent == null) {
      return SmokeFinding.notApplicable(scope.noAgent());
    }
    SmokeAgent.Answer answer = agent.ask();
    AnswerScorer.Score score = scorer.score(agent.task(), answer.text(), answer.took());
    String task = "the golden task " + agent.task().id();
    if (!score.undecided().isEmpty()) {
      return SmokeFinding.failed(task + " could not be judged: " + score.undecided());
    }
    return score.verdict().passed()
        ? SmokeFinding.passed(
            task + " passed in " + Durations.format(Duration.ofMillis(answer.took().toMillis())))
        : SmokeFinding.failed(task + " failed: " + score.verdict().reason().replace('\n', ';'));
  }
}
