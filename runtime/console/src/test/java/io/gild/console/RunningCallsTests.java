package io.gild.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.core.CallKind;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunningCallsTests {

  private final GildRuntime runtime = GildRuntime.builder().build();
  private final RunningCalls running = new RunningCalls(runtime);
  private final GovernedMethod agent = Calls.method(runtime, CallKind.AGENT, "support", "answer");
  private final GovernedMethod tool = Calls.method(runtime, CallKind.TOOL, "support", "lookUp");

  @AfterEach
  void end() {
    runtime.close();
  }

  @Test
  void showsTheTreeThatRuns() {
    CallRecorder recorder = new CallRecorder(runtime.clock(), 16, running);
    runtime.addListener(recorder);
    Recording recording = new Recording(recorder, running);
    running.watch();
    Calls.call(
        agent,
        () -> {
          Calls.call(
              tool,
              () -> {
                List<CallRow> all = running.all();
                assertThat(all).hasSize(2);
                long root = all.get(0).root;
                CallTree tree = Objects.requireNonNull(CallTree.read(recording, root));
                assertThat(tree.spans())
                    .extracting(span -> span.row().outcome)
                    .containsExactly(CallRow.Outcome.RUNNING, CallRow.Outcome.RUNNING);
              });
          assertThat(running.all()).hasSize(1);
        });
    assertThat(running.all()).isEmpty();
  }

  @Test
  void costsNothingWhileNoOneWatches() {
    Calls.call(agent, () -> assertThat(running.all()).isEmpty());
    running.watch();
    running.rest();
    Calls.call(agent, () -> assertThat(running.all()).isEmpty());
  }
}
