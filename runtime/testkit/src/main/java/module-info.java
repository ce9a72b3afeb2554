/** A manual clock, a loopback model provider and contracts that implementations run. */
module io.gild.testkit {
  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.databind;
  requires java.net.http;
  requires jdk.httpserver;
  requires static transitive org.junit.jupiter.api;
  requires transitive io.gild.a2a;
  requires transitive io.gild.coordination;
  requires transitive io.gild.core;
  requires transitive io.gild.memory;
  requires transitive io.gild.synchronizers;
  requires transitive io.gild.vectors;

  exports io.gild.testkit;

  uses io.gild.config.spi.SettingsModule;
}
