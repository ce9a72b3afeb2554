package io.gild.console;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;

/** Texts of others stay texts, and the page talks to its own server alone. */
@DisabledIfEnvironmentVariable(
    named = "GILD_TESTED",
    matches = "portable",
    disabledReason = "a browser does not depend on the JDK")
class PageSafetyTests {

  @TestFactory
  Stream<DynamicTest> passesEachCaseInABrowser() throws Exception {
    return PageCases.of("safety.mjs");
  }
}
