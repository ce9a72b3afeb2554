/** Eight smoke tests of a running application. */
module io.gild.smoke {
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
  requires transitive io.gild.core;
  requires java.net.http;

  exports io.gild.smoke;
}
