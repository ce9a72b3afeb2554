/** What all modules that use PostgreSQL share. */
module io.gild.postgres {
  requires static transitive org.jspecify;
  requires transitive io.gild.config;
  requires transitive java.sql;
  requires org.postgresql.jdbc;

  exports io.gild.postgres;
}
