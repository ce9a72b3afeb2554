/** Learns the usual behaviour of each agent, and reports the unusual. */
module io.gild.anomalies {
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
  requires transitive io.gild.core;
  requires io.gild.judging;

  exports io.gild.anomalies;

  provides io.gild.config.spi.SettingsModule with
      io.gild.anomalies.AnomaliesModule;
}
