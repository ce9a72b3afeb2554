package com.acme.fleet;

import java.util.function.IntFunction;

/** A way in which an agent calls its model. */
public enum Shape {
  LANGCHAIN4J_MODEL(n -> LangChainSources.model(), false),
  LANGCHAIN4J_SERVICE(n -> LangChainSources.service(), false),
  LANGCHAIN4J_RETRY_LOOP(LangChainSources::retryLoop, true),
  OPENAI_JAVA(n -> ClientSources.openAi(), false),
  ANTHROPIC_JAVA(n -> ClientSources.anthropic(), false),
  SPRING_CHAT_CLIENT(n -> SpringSources.chatClient(), false),
  SPRING_CHAT_MODEL(n -> SpringSources.chatModel(), false),
  JDK_HTTP(n -> HttpSources.jdk(), false),
  OTHER_HTTP(n -> n % 2 == 0 ? HttpSources.okHttp() : HttpSources.urlConnection(), false),
  MAP_CACHE(LangChainSources::mapCache, false),
  TOOLS_AND_SWALLOWED_EXCEPTION(n -> LangChainSources.tools(), true),
  BACK_OFF_AND_PRICES(n -> LangChainSources.backOff(), true);

  private final IntFunction<Source> sources;
  private final boolean outlastsFailures;

  Shape(IntFunction<Source> sources, boolean outlastsFailures) {
    this.sources = sources;
    this.outlastsFailures = outlastsFailures;
  }

  /** Returns the code of an agent; those of a shape differ slightly by their number. */
  Source source(int round) {
    return sources.apply(round);
  }

  /** Returns whether an agent returns an answer although a request fails once. */
  public boolean outlastsFailures() {
    return outlastsFailures;
  }

  /** Returns whether the requests are sent by a plain HTTP client. */
  public boolean plainHttp() {
    return this == JDK_HTTP || this == OTHER_HTTP;
  }
}
