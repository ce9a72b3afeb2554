/** Rollouts of new versions. */
module io.gild.operations {
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
  requires transitive io.gild.core;
  requires transitive io.gild.judging;
  requires transitive io.gild.versions;
  requires transitive io.gild.gates;
  requires java.net.http;
  requires jdk.httpserver;

  exports io.gild.operations;
  exports io.gild.operations.spi;

  uses io.gild.operations.spi.TrafficEngineProvider;
  uses io.gild.operations.spi.VersionTester;

  provides io.gild.config.spi.SettingsModule with
      io.gild.operations.OperationsModule;
}
