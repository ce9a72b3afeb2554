package com.acme.library;

import io.gild.annotations.Agent;
import io.gild.annotations.GoldenTask;
import io.gild.annotations.Retry;

/** Returns its question in capitals. */
@Agent(name = "loud", description = "Speaks loudly.")
public class LoudAgent {

  @GoldenTask(id = "one", input = "one", expected = "ONE")
  @GoldenTask(id = "two", input = "two", expected = "TWO")
  @GoldenTask(id = "three", input = "three", expected = "THREE")
  @GoldenTask(id = "four", input = "four", expected = "FOUR")
  @GoldenTask(id = "five", input = "five", expected = "six")
  @Retry
  public String say(String text) {
    return text.toUpperCase(java.util.Locale.ROOT);
  }
}
