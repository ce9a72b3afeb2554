package com.acme.fleet;

import java.util.List;

/** Agents on LangChain4j. */
final class LangChainSources {

  private static final String CHAT_MODEL = "dev.langchain4j.model.chat.ChatModel";
  private static final String FIELD =
      "  private STATICfinal ChatModel model = Models.chat(MODEL);\n";

  private LangChainSources() {}

  static Source model() {
    return new Source(
        List.of(CHAT_MODEL), FIELD, "    return model.chat(PROMPT + question);\n", "");
  }

  static Source service() {
    return new Source(
        List.of(
            "dev.langchain4j.service.AiServices",
            "dev.langchain4j.service.SystemMessage",
            "dev.langchain4j.service.UserMessage"),
        """
        private STATICfinal Assistant assistant =
            AiServices.create(Assistant.class, Models.chat(MODEL));
        """
            .indent(2),
        "    return assistant.reply(question);\n",
        """

        /** The model, as an interface. */
        interface Assistant {
          @SystemMessage(PROMPT)
          String reply(@UserMessage String question);
        }
        """
            .indent(2));
  }

  /** Every third loop also counts, which is more than a loop of retries does. */
  static Source retryLoop(int round) {
    boolean counts = round % 3 == 2;
    String count = counts ? "        failures++;\n" : "";
    String field = counts ? "  private STATICint failures;\n" : "";
    return new Source(
        List.of(CHAT_MODEL),
        "  private static final int MAX_ATTEMPTS = 3;\n" + field + FIELD,
        """
            RuntimeException last = null;
            for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
              try {
                return model.chat(PROMPT + question);
              } catch (RuntimeException e) {
                last = e;
        COUNT        try {
                  Thread.sleep(20L);
                } catch (InterruptedException interrupted) {
                  Thread.currentThread().interrupt();
                  throw e;
                }
              }
            }
            throw last;
        """
            .replace("COUNT", count),
        "");
  }

  /** Every second cache can be emptied from outside. */
  static Source mapCache(int round) {
    String clear =
        round % 2 == 0
            ? ""
            : """

            STATICvoid clear() {
              answers.clear();
            }
            """
                .indent(2);
    return new Source(
        List.of(CHAT_MODEL, "java.util.HashMap", "java.util.Map"),
        FIELD + "  private STATICfinal Map<String, String> answers = new HashMap<>();\n",
        """
            String known = answers.get(question);
            if (known != null) {
              return known;
            }
            String answer = model.chat(PROMPT + question);
            answers.put(question, answer);
            return answer;
        """,
        clear);
  }

  static Source tools() {
    return new Source(
        List.of("dev.langchain4j.agent.tool.Tool", "dev.langchain4j.service.AiServices"),
        """
        private STATICfinal Assistant assistant =
            AiServices.builder(Assistant.class)
                .chatModel(Models.chat(MODEL))
                .tools(new Orders())
                .build();
        """
            .indent(2),
        """
            try {
              return assistant.reply(PROMPT + question);
            } catch (RuntimeException e) {
              return "Please try again later.";
            }
        """,
        """

        interface Assistant {
          String reply(String question);
        }

        /** What the model may look up. */
        static final class Orders {
          @Tool("the state of an order")
          String state(String order) {
            return "order " + order + " is on its way";
          }
        }
        """
            .indent(2));
  }

  static Source backOff() {
    return new Source(
        List.of("dev.langchain4j.model.chat.ChatModel"),
        """
        private static final double DOLLARS_PER_MILLION_TOKENS = 2.50;
        private static final String SMALL = "gpt-4o-mini";
        private static final String LARGE = "gpt-4o";
        private STATICfinal ChatModel small = Models.chat(SMALL);
        private STATICfinal ChatModel large = Models.chat(LARGE);
        private STATICdouble spent;
        """
            .indent(2),
        """
            ChatModel model = question.length() < 20 ? small : large;
            long pause = 10;
            while (true) {
              try {
                String answer = model.chat(PROMPT + question);
                spent += answer.length() / 4.0 * DOLLARS_PER_MILLION_TOKENS / 1_000_000;
                return answer;
              } catch (RuntimeException e) {
                if (pause > 100) {
                  throw e;
                }
                try {
                  Thread.sleep(pause);
                } catch (InterruptedException interrupted) {
                  Thread.currentThread().interrupt();
                  throw e;
                }
                pause *= 2;
              }
            }
        """,
        "");
  }
}
