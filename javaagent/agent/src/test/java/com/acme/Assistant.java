package com.acme;

import dev.langchain4j.service.TokenStream;

/** An agent that is an interface only. */
public interface Assistant {

  String answer(String question);

  TokenStream tell(String question);
}
