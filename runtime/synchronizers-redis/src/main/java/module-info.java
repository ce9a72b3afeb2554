/** Synchronizers in Redis. */
module io.gild.synchronizers.redis {
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
  requires transitive io.gild.synchronizers;

  exports io.gild.synchronizers.redis;
}
