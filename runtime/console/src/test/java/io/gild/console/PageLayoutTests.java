package io.gild.console;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;

/** The page fits windows of all sizes and moves nothing needlessly. */
@DisabledIfEnvironmentVariable(
    named = "GILD_TESTED",
    matches = "portable",
    disabledReason = "a browser does not depend on the JDK")
class PageLayoutTests {

  @TestFactory
  Stream<DynamicTest> passesEachCaseInABrowser() throws Exception {
    return PageCases.of("layout.mjs");
  }
}
