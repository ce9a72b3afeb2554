/** Governed beans of CDI containers. */
module io.gild.cdi {
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
  requires transitive jakarta.cdi;
  requires jakarta.interceptor;
  requires io.gild.annotations;
  requires transitive io.gild.core;

  exports io.gild.cdi;

  provides jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension with
      io.gild.cdi.GildExtension;
}
