package io.gild.smoke;

import io.gild.config.Experimental;
import io.gild.config.Settings;
import io.gild.smoke.spi.SmokeFinding.Outcome;
import io.gild.smoke.spi.SmokeTest;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/** The smoke tests of a running application as JUnit tests, for a {@code @TestFactory}. */
@Experimental
public final class SmokeTests {

  private SmokeTests() {}

  /**
   * Returns the tests of an application.
   *
   * @param url its address, such as {@code http://127.0.0.1:8080}
   * @param settings its settings
   * @return a test for each smoke test, and one that fails if none of them passed; a test that is
   *     not applicable is aborted
   * @throws SmokeException if the address or the settings are wrong
   */
  public static Stream<DynamicTest> of(String url, Settings settings) {
    return of(SmokeTarget.ofUrl(url, settings), settings);
  }

  /**
   * Returns the tests of an application.
   *
   * @param target the application
   * @param settings its settings
   * @return a test for each smoke test, and one that fails if none of them passed; a test that is
   *     not applicable is aborted
   * @throws SmokeException if the settings are wrong
   */
  public static Stream<DynamicTest> of(SmokeTarget target, Settings settings) {
    SmokeRun run = SmokeRun.of(target, settings);
    boolean[] passed = new boolean[1];
    Stream<DynamicTest> tests =
        Arrays.stream(SmokeTest.values())
            .map(test -> DynamicTest.dynamicTest(test.key(), () -> passed[0] |= test(run, test)));
    DynamicTest any =
        DynamicTest.dynamicTest(
            "any-passed",
            () -> Assertions.assertTrue(passed[0], "no smoke test passed: nothing was tested"));
    return Stream.concat(tests, Stream.of(any));
  }

  private static boolean test(SmokeRun run, SmokeTest test) throws InterruptedException {
    SmokeResult result = run.run(test);
    Assumptions.assumeTrue(result.outcome() != Outcome.NOT_APPLICABLE, result::reason);
    Assertions.assertEquals(Outcome.PASSED, result.outcome(), result::reason);
    return true;
  }
}
