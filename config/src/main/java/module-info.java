/** The settings of Gild, its prices and its journals. */
module io.gild.config {
  requires static transitive org.jspecify;
  requires org.snakeyaml.engine;

  exports io.gild.config;
  exports io.gild.config.spi;

  uses io.gild.config.spi.SettingsModule;
}
