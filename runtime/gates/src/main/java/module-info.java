/** Quality gates: criteria, history and audit log. */
module io.gild.gates {
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
  requires transitive io.gild.golden;
  requires java.net.http;

  exports io.gild.gates;
  exports io.gild.gates.spi;

  uses io.gild.gates.spi.CriterionProvider;

  provides io.gild.config.spi.SettingsModule with
      io.gild.gates.GatesModule;
}
