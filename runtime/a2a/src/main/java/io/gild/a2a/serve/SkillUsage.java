package io.gild.a2a.serve;

import io.gild.a2a.ReportedUsage;
import io.gild.core.CallProbe;
import io.gild.core.WorkProbe;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Measures what a skill spends, if the client asks for that. */
final class SkillUsage {

  private final boolean wanted;
  private CallProbe.Seen seen = CallProbe.Seen.NOTHING;

  SkillUsage(boolean wanted) {
    this.wanted = wanted;
  }

  @Nullable Object of(String skill, Callable<@Nullable Object> work) throws Exception {
    return wanted
        ? WorkProbe.<@Nullable Object>run(skill, false, null, facts -> seen = facts, work)
        : work.call();
  }

  Map<String, Object> metadata() {
    return wanted
        ? Map.of(
            ReportedUsage.URI,
            new ReportedUsage(
                    seen.nanoUsd(),
                    seen.usage().inputTokens(),
                    seen.usage().outputTokens(),
                    seen.requests())
                .toJson())
        : Map.of();
  }

  List<String> extensions() {
    return wanted ? List.of(ReportedUsage.URI) : List.of();
  }
}
