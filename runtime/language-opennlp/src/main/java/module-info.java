/** Detects the language of an answer with OpenNLP. */
module io.gild.language.opennlp {
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
  requires transitive io.gild.evaluation;
  requires org.apache.opennlp.tools;

  exports io.gild.language;

  provides io.gild.evaluation.spi.LanguageDetector with
      io.gild.language.OpenNlpLanguageDetector;
}
