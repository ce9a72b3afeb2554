package io.gild.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gild.config.Experimental;
import io.gild.config.Policies;
import io.gild.config.spi.SettingsModule;
import io.gild.core.AgentCall;
import io.gild.core.Counts;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.core.spi.GildModule;
import io.gild.core.spi.StageProvider;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/**
 * The contract of every {@link StageProvider}; each implementation extends this test.
 *
 * <p>Needs JUnit Jupiter on the class path.
 */
@Experimental
public abstract class StageProviderContract {

  private static final String TEXT_TO_TEXT = "(Ljava/lang/String;)Ljava/lang/String;";

  /** Creates the test. */
  protected StageProviderContract() {}

  /**
   * Returns the provider under test.
   *
   * @return a new instance
   */
  protected abstract StageProvider provider();

  /**
   * Returns policies that enable the provider's stage and let a plain call pass.
   *
   * @return the policies
   */
  protected abstract Policies policies();

  @Test
  void isBroughtByAModule() {
    assertTrue(
        ServiceLoader.load(SettingsModule.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(GildModule.class::isInstance)
            .flatMap(module -> ((GildModule) module).stages().stream())
            .anyMatch(found -> found.getClass() == provider().getClass()));
  }

  @Test
  void hasOnePlaceInThePipeline() {
    assertNotNull(provider().phase());
    assertEquals(provider().phase(), provider().phase());
  }

  @Test
  void anAbsentPolicyLeavesThePipelineAlone() {
    GovernedMethod method = method(Policies.none());

    assertEquals("answer", method.call(null, arguments -> "answer", "question"));
    assertEquals(1, method.counts().get(Counts.Event.ATTEMPT));
    assertTrue(!method.detached(), "an absent policy must not move calls to other threads");
  }

  @Test
  void aPresentPolicyLetsAWellBehavedCallPass() {
    GovernedMethod method = method(policies());

    assertEquals("answer", method.call(null, arguments -> "answer", "question"));
    assertEquals(1, method.counts().get(Counts.Event.SUCCEEDED));
    assertNull(AgentCall.current(), "the thread is given back");
  }

  @Test
  void aCheckedFailureReachesTheCallerAsItWas() {
    GovernedMethod method = method(policies());
    Exception failure = new java.io.IOException("down");

    Throwable thrown = null;
    try {
      method.call(
          null,
          arguments -> {
            throw failure;
          },
          "question");
    } catch (Throwable caught) {
      thrown = caught;
    }
    assertSame(failure, thrown);
    assertNull(AgentCall.current(), "the thread is given back");
  }

  @Test
  void callsDoNotKnowOfEachOther() {
    GovernedMethod method = method(policies());

    for (int i = 0; i < 3; i++) {
      String question = "question " + i;
      assertEquals(
          "answer to " + question,
          method.call(null, arguments -> "answer to " + arguments[0], question));
    }
  }

  private GovernedMethod method(Policies policies) {
    return GildRuntime.builder()
        .clock(ManualClock.create())
        .policies(spec -> policies)
        .stages(provider())
        .build()
        .method(MethodSpec.of("contract", "io.gild.testkit.Contract", "answer", TEXT_TO_TEXT));
  }
}
