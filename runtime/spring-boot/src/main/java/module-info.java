/** Governs the annotated beans of a Spring Boot application. */
module io.gild.spring {
  requires static transitive org.jspecify;
  requires io.gild.annotations;
  requires transitive io.gild.core;
  requires spring.aop;
  requires spring.beans;
  requires spring.boot;
  requires transitive spring.boot.autoconfigure;
  requires spring.context;
  requires spring.core;

  exports io.gild.spring;

  opens io.gild.spring;
}
