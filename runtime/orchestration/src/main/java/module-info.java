/** Durable runs of several agents. */
module io.gild.orchestration {
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
  requires transitive io.gild.annotations;
  requires transitive io.gild.coordination;

  exports io.gild.orchestration;

  provides io.gild.config.spi.SettingsModule with
      io.gild.orchestration.OrchestrationModule;
}
