/** Counts the tokens of prompts as OpenAI's models do, before they are sent. */
module io.gild.tokens.jtokkit {
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
  requires transitive io.gild.cost;
  requires jtokkit;

  exports io.gild.tokens;

  provides io.gild.cost.spi.TokenCounter with
      io.gild.tokens.JtokkitTokenCounter;
}
