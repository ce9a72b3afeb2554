package io.gild.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Json;
import io.gild.core.CallKind;
import io.gild.core.GildRuntime;
import io.gild.core.spi.Control;
import io.gild.core.spi.Controllable;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderControlsTests {

  private static final Controllable BROKEN =
      rollouts(() -> {
        throw new IllegalStateException("unreadable folder");
      });

  @TempDir Path data;

  private interface Reading {
    List<Control> read();
  }

  private static Controllable rollouts(Reading reading) {
    return new Controllable() {
      @Override
      public List<Control> controls() {
        return reading.read();
      }

      @Override
      public String operate(Control control, String action) {
        throw new IllegalArgumentException(action);
      }
    };
  }

  private static Control rollout(String name, String agent, String state, String words) {
    return new Control("rollout", name, agent, "", state, words, Map.of("to", "2"), List.of());
  }

  private static void call(GildRuntime runtime, String agent) {
    Calls.call(Calls.method(runtime, CallKind.AGENT, agent, "answer"), () -> {});
  }

  private static Map<Object, @Nullable Object> rolloutByAgent(Map<?, ?> state) {
    Map<Object, @Nullable Object> all = new HashMap<>();
    MergedSource.maps(Http.map(state.get("agents")).get("rows"))
        .forEach(row -> all.put(String.valueOf(row.get("agent")), row.get("rollout")));
    return all;
  }

  private static List<@Nullable Object> wordsOfRollouts(Map<?, ?> state) {
    return MergedSource.maps(state.get("rollouts")).stream()
        .<@Nullable Object>map(each -> each.get("words"))
        .toList();
  }

  @Test
  void showARolloutOfAnotherProcessAtItsAgent() throws Exception {
    GildRuntime runtime = Calls.runtime(data);
    call(runtime, "support");
    call(runtime, "billing");
    call(runtime, "search");
    Controllable rollouts =
        rollouts(() ->
            List.of(
                rollout("support-3", "support", "paused", "the newest one"),
                rollout("support-2", "support", "running", "an older one"),
                rollout("billing-2", "billing", "rolled back", "worse"),
                rollout("nameless", "", "running", "of an older journal"),
                new Control("rollouts", "ended", "", "", "1 of 9 shown", "", Map.of(), List.of())));
    try (Consoles consoles = Consoles.of(data, List.of(), List.of(BROKEN, rollouts))) {
      String url = consoles.serve(0);
      String token = url.substring(url.indexOf("token=") + 6);
      Map<?, ?> state =
          Http.map(
              Json.read(
                  Http.get(
                          url.substring(0, url.indexOf("/#")) + "/v1/state",
                          "Authorization",
                          "Bearer " + token)
                      .body()));
      assertThat(rolloutByAgent(state))
          .containsEntry("support", "support-3")
          .containsEntry("billing", null)
          .containsEntry("search", null);
      assertThat(MergedSource.maps(state.get("rollouts")))
          .extracting(each -> each.get("id"))
          .containsExactly("support-3", "support-2", "billing-2", "nameless");
      assertThat(MergedSource.maps(state.get("controls")))
          .filteredOn(each -> each.get("jvm").equals(""))
          .extracting(each -> each.get("key"))
          .contains("folder/rollout/support-3", "folder/rollouts/ended");
    } finally {
      runtime.close();
    }
  }

  @Test
  void leaveARolloutToTheJvmThatReportsIt() throws Exception {
    GildRuntime runtime = Calls.runtime(data);
    call(runtime, "support");
    runtime
        .controls()
        .add(rollouts(() -> List.of(rollout("support-2", "support", "running", "of the JVM"))));
    Controllable folder =
        rollouts(() -> List.of(rollout("support-2", "support", "promoted", "of the folder")));
    try (Consoles consoles = Consoles.of(data, List.of(), List.of(folder))) {
      assertThat(wordsOfRollouts(consoles.state())).containsExactly("of the JVM");
      assertThat(rolloutByAgent(consoles.state())).containsEntry("support", "support-2");

      runtime.close(); // its last state is older than the folder

      assertThat(wordsOfRollouts(consoles.state())).containsExactly("of the folder");
    } finally {
      runtime.close();
    }
  }

  @Test
  void areLeftOutOfNamedConsoles() throws Exception {
    GildRuntime runtime = Calls.runtime(data);
    Controllable folder =
        rollouts(() -> List.of(rollout("support-2", "support", "running", "of the folder")));
    try (Consoles consoles =
        Consoles.of(data, List.of(Calls.console(runtime).url()), List.of(folder))) {
      assertThat(wordsOfRollouts(consoles.state())).isEmpty();
    } finally {
      runtime.close();
    }
  }
}
