package io.gild.console;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;

/** Every view is accessible in both themes: axe finds nothing. */
@DisabledIfEnvironmentVariable(
    named = "GILD_TESTED",
    matches = "portable",
    disabledReason = "a browser does not depend on the JDK")
class PageAccessibilityTests {

  @TestFactory
  Stream<DynamicTest> passesEachCaseInABrowser() throws Exception {
    return PageCases.of("accessibility.mjs");
  }
}
