/** Chat memories of LangChain4j in sessions. */
module io.gild.memory.langchain4j {
  requires static transitive org.jspecify;
  requires transitive io.gild.memory;
  requires transitive langchain4j.core;

  exports io.gild.memory.langchain4j;
}
