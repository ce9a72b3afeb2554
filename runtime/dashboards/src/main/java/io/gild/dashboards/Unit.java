package io.gild.dashboards;

/** The units of panels, in Grafana's terms. */
enum Unit {
  PER_SECOND("reqps"),
  EVENTS_PER_SECOND("ops"),
  PER_SECOND_OF_TOKENS("cps"),
  SHARE("percentunit"),
  PERCENT("percent"),
  SECONDS("s"),
  DOLLARS("currencyUSD"),
  NUMBER("short"),
  NONE("none");

  private final String id;

  Unit(String id) {
    this.id = id;
  }

  String id() {
    return id;
  }
}
