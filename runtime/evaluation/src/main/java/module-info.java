/** Golden tasks are executed, judged and reported here. */
module io.gild.evaluation {
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
  requires static org.opentest4j;
  requires transitive io.gild.core;
  requires transitive io.gild.gates;
  requires transitive io.gild.golden;
  requires io.gild.vectors;
  requires dev.harrel.jsonschema;
  requires java.net.http;

  exports io.gild.evaluation;
  exports io.gild.evaluation.spi;

  uses io.gild.core.spi.Embedder;
  uses io.gild.core.spi.ModelClient;
  uses io.gild.evaluation.spi.GoldenAgentProvider;
  uses io.gild.evaluation.spi.LanguageDetector;

  provides io.gild.config.spi.SettingsModule with
      io.gild.evaluation.EvaluationModule;
  provides io.gild.core.spi.AnswerVerifier with
      io.gild.evaluation.GoldenVerifier;
}
