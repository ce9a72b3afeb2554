/**
 * Everything of Gild that runs inside of an application and needs no server. The adapters of Redis,
 * PostgreSQL and NATS, the frameworks' modules and the testing modules are not a part of it.
 */
module io.gild.all {
  requires transitive io.gild.annotations;
  requires transitive io.gild.reliability;
  requires transitive io.gild.cost;
  requires transitive io.gild.routing;
  requires transitive io.gild.observability;
  requires transitive io.gild.ledger;
  requires transitive io.gild.anomalies;
  requires transitive io.gild.console;
  requires transitive io.gild.memory;
  requires transitive io.gild.a2a;
  requires transitive io.gild.coordination;
  requires transitive io.gild.orchestration;
  requires transitive io.gild.synchronizers;
  requires transitive io.gild.versions;
  requires transitive io.gild.operations;
}
