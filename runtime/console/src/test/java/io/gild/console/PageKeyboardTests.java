package io.gild.console;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;

/** The page is used by keyboard alone, and its links lead to what they name. */
@DisabledIfEnvironmentVariable(
    named = "GILD_TESTED",
    matches = "portable",
    disabledReason = "a browser does not depend on the JDK")
class PageKeyboardTests {

  @TestFactory
  Stream<DynamicTest> passesEachCaseInABrowser() throws Exception {
    return PageCases.of("keyboard.mjs");
  }
}
