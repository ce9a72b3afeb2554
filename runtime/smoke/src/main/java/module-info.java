/** Eight smoke tests of a running application, and golden tasks of running versions. */
module io.gild.smoke {
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
  requires static transitive org.junit.jupiter.api;
  requires transitive io.gild.core;
  requires transitive io.gild.operations;
  requires transitive io.gild.golden;
  requires io.gild.evaluation;
  requires java.net.http;

  exports io.gild.smoke;
  exports io.gild.smoke.spi;

  uses io.gild.smoke.spi.AgentAskerProvider;
  uses io.gild.smoke.spi.SmokeProbe;

  provides io.gild.config.spi.SettingsModule with
      io.gild.smoke.SmokeModule;
  provides io.gild.operations.spi.VersionTester with
      io.gild.smoke.HttpVersionTester;
}
