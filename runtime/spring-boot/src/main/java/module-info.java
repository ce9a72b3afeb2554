/** Governs the annotated beans of a Spring Boot application. */
module io.gild.spring {
  requires static transitive org.jspecify;
  requires static com.fasterxml.jackson.annotation;
  requires io.gild.annotations;
  requires transitive io.gild.core;
  requires spring.aop;
  requires spring.beans;
  requires spring.boot;
  requires static spring.boot.actuator;
  requires transitive spring.boot.autoconfigure;
  requires static spring.boot.health;
  requires spring.context;
  requires spring.core;

  exports io.gild.spring;

  opens io.gild.spring;
}
