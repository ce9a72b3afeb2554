package io.gild.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasspathRoots;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;
import static org.junit.platform.testkit.engine.EventConditions.abortedWithReason;
import static org.junit.platform.testkit.engine.EventConditions.displayName;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedSuccessfully;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

class GoldenTestEngineTests {

  private static final String AGENT =
      "[engine:gild-golden]/[agent:io.gild.junit.GoldenTestEngineTests$Clerk]";

  @TempDir Path results;

  @BeforeEach
  void leaveResultsInTheTemporaryFolder() {
    System.setProperty("gild.results", results.toString());
  }

  @AfterEach
  void restoreTheProperty() {
    System.clearProperty("gild.results");
    System.clearProperty("gild.shard");
  }

  /** The agent; its tasks are in its registry. */
  public static class Clerk {

    /** Answers. */
    public String answer(String question) {
      return question + ": 30 days";
    }
  }

  @Test
  void eachTaskIsATest() {
    execute(selectClass(Clerk.class))
        .assertThatEvents()
        .haveExactly(1, event(displayName("right"), finishedSuccessfully()))
        .haveExactly(
            1,
            event(
                displayName("wrong"),
                finishedWithFailure(message(text -> text.contains("expected: contains: 60 days")))))
        .haveExactly(
            1,
            event(
                displayName("open"),
                abortedWithReason(message(text -> text.contains("cannot be made")))));
  }

  @Test
  void aRootOfClassesIsSearched() throws Exception {
    Path root = Path.of(Clerk.class.getProtectionDomain().getCodeSource().getLocation().toURI());

    execute(selectClasspathRoots(Set.of(root)).toArray(DiscoverySelector[]::new))
        .assertStatistics(statistics -> statistics.started(3).succeeded(1).failed(1).aborted(1));
  }

  @Test
  void twoShardsHaveAllTasks() {
    List<String> found = new ArrayList<>();
    for (String shard : List.of("1/2", "2/2")) {
      System.setProperty("gild.shard", shard);
      execute(selectClass(Clerk.class))
          .started()
          .map(event -> event.getTestDescriptor().getDisplayName())
          .forEach(found::add);
    }
    assertThat(found).containsExactlyInAnyOrder("right", "wrong", "open");
  }

  @Test
  void oneTaskRunsByItsUniqueId() {
    execute(selectUniqueId(AGENT + "/[task:right]"))
        .assertStatistics(statistics -> statistics.started(1).succeeded(1));
  }

  @Test
  void tasksRunSideBySide() {
    EngineTestKit.engine(GoldenTestEngine.ID)
        .selectors(selectClass(Clerk.class))
        .configurationParameter("gild.parallel", "3")
        .execute()
        .testEvents()
        .assertStatistics(statistics -> statistics.started(3).finished(3));
  }

  @Test
  void aClassWithoutARegistryHasNoTasks() {
    execute(selectClass(String.class)).assertStatistics(statistics -> statistics.started(0));
  }

  private static Events execute(DiscoverySelector... selectors) {
    return EngineTestKit.engine(GoldenTestEngine.ID).selectors(selectors).execute().testEvents();
  }
}
