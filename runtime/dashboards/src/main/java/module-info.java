/** Dashboards and alert rules, made from the declared meters. */
module io.gild.dashboards {
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
  requires transitive io.gild.core;

  exports io.gild.dashboards;

  provides io.gild.config.spi.SettingsModule with
      io.gild.dashboards.DashboardsModule;
}
