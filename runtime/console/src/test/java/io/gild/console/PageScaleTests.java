package io.gild.console;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;

/** Large calls and many agents stay fast; the figures are printed. */
@DisabledIfEnvironmentVariable(
    named = "GILD_TESTED",
    matches = "portable",
    disabledReason = "a browser does not depend on the JDK")
class PageScaleTests {

  @TestFactory
  Stream<DynamicTest> passesEachCaseInABrowser() throws Exception {
    return PageCases.of("scale.mjs");
  }
}
