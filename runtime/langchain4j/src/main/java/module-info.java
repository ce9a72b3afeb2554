/** A listener that governs LangChain4j's chat models. */
module io.gild.langchain4j {
  requires static transitive org.jspecify;
  requires io.gild.core;
  requires transitive langchain4j.core;

  exports io.gild.langchain4j;
}
