/** Semaphores, barriers, fair queues and leaders that several JVMs share. */
module io.gild.synchronizers {
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
  requires transitive io.gild.core;

  exports io.gild.synchronizers;
  exports io.gild.synchronizers.spi;

  uses io.gild.synchronizers.spi.LeaseStoreProvider;

  provides io.gild.config.spi.SettingsModule with
      io.gild.synchronizers.SynchronizersModule;
  provides io.gild.core.spi.SharedPermits with
      io.gild.synchronizers.SemaphorePermits;
}
