/** Two versions of an agent in one JVM. */
module io.gild.versions {
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
  requires transitive io.gild.core;

  exports io.gild.versions;

  provides io.gild.config.spi.SettingsModule with
      io.gild.versions.VersionsModule;
}
