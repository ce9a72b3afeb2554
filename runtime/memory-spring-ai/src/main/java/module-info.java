/** Chat memories of Spring AI in sessions. */
module io.gild.memory.springai {
  requires static transitive org.jspecify;
  requires transitive io.gild.memory;
  requires transitive spring.ai.model;
  requires spring.ai.commons;
  requires spring.core;

  exports io.gild.memory.springai;
}
