package io.gild.orchestration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets voters answer at the same time and decides by their answers. */
final class VoteNode extends Node {

  private final Map<String, Node> voters;
  private final int quorum;
  private final Votes<?> votes;

  VoteNode(String name, Map<String, Node> voters, int quorum, Votes<?> votes) {
    super(name);
    this.voters = new LinkedHashMap<>(voters);
    this.quorum = quorum;
    this.votes = votes;
  }

  @Override
  @Nullable Object run(Place place, @Nullable Object input) throws InterruptedException {
    List<Branches.Ended> ended = Branches.run(place, voters, input, Branches.ALL_EVEN_IF_SOME_FAIL);
    if (ended.size() < quorum) {
      throw new StepFailed(
          place.path(), ended.size() + " voted, and the quorum is " + quorum, null);
    }
    List<@Nullable Object> answers = new ArrayList<>();
    ended.forEach(voter -> answers.add(voter.value()));
    Optional<Votes.Won> won = votes.decide(answers);
    return won.orElseThrow(
            () -> new StepFailed(place.path(), "the voters did not agree: " + answers, null))
        .answer();
  }
}
