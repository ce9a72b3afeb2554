/** The JUnit engine that runs golden tasks from their YAML sets. */
module io.gild.junit {
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
  requires static org.opentest4j;
  requires io.gild.evaluation;
  requires transitive org.junit.platform.engine;

  exports io.gild.junit;

  provides org.junit.platform.engine.TestEngine with
      io.gild.junit.GoldenTestEngine;
}
