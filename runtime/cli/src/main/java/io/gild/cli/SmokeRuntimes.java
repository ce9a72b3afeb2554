package io.gild.cli;

import io.gild.config.Settings;
import io.gild.core.GildRuntime;

/** Makes runtimes that open what settings name, and start nothing else of them. */
final class SmokeRuntimes {

  private SmokeRuntimes() {}

  /** Creates a runtime without modules: no endpoint, rollout or timer begins beside the tests. */
  static GildRuntime of(Settings settings) {
    return GildRuntime.builder().settings(settings).build();
  }
}
