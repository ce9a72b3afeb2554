package io.gild.a2a.server;

import io.gild.a2a.A2aArtifact;
import io.gild.a2a.A2aMessage;
import io.gild.a2a.A2aTask;
import io.gild.a2a.A2aTaskState;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The exchange of one turn. */
final class TaskExchange implements A2aExchange {

  private final LiveTask live;
  private final TaskTurn turn;
  private final A2aMessage message;
  private final @Nullable A2aTask before;
  private final A2aCaller caller;
  private final SendParams params;

  TaskExchange(
      LiveTask live,
      TaskTurn turn,
      A2aMessage message,
      @Nullable A2aTask before,
      A2aCaller caller,
      SendParams params) {
    this.live = live;
    this.turn = turn;
    this.message = message;
    this.before = before;
    this.caller = caller;
    this.params = params;
  }

  @Override
  public A2aMessage message() {
    return message;
  }

  @Override
  public @Nullable A2aTask task() {
    return before;
  }

  @Override
  public String taskId() {
    return live.id();
  }

  @Override
  public String contextId() {
    return live.contextId();
  }

  @Override
  public String tenant() {
    return caller.tenant();
  }

  @Override
  public Map<String, Object> metadata() {
    return params.metadata();
  }

  @Override
  public List<String> acceptedOutputModes() {
    return params.acceptedOutputModes();
  }

  @Override
  public Set<String> extensions() {
    return caller.extensions();
  }

  @Override
  public @Nullable String header(String name) {
    return caller.header(name);
  }

  @Override
  public void status(A2aTaskState state, @Nullable A2aMessage text) {
    live.status(turn, state, text);
  }

  @Override
  public void artifact(A2aArtifact artifact, boolean append, boolean lastChunk) {
    live.artifact(turn, artifact, append, lastChunk);
  }

  @Override
  public void reply(A2aMessage answer) {
    live.reply(turn, answer);
  }

  @Override
  public void continueAsync() {
    turn.continueAsync();
  }

  @Override
  public boolean isEnded() {
    return turn.isEnded();
  }

  @Override
  public void onCancel(Runnable action) {
    turn.onCancel(action);
  }
}
