package io.gild.benchmarks;

import java.util.List;

/** The texts that agents are composed of; words after a dollar sign are replaced. */
final class AgentTemplates {

  static final String CLIENT =
      """
      package com.acme;

      /** Calls a model. */
      public interface ChatClient {

        /** Completes a prompt. */
        String complete(String model, String prompt);
      }
      """;

  static final String AGENT =
      """
      package $package;

      $imports
      /** Answers questions of customers about one $topic, from the $noun. */
      @Agent(name = "$topic-$noun-$index", version = "1.$limit")
      public class $name {

        private static final int LIMIT = $limit;
        private static final String MODEL = "gpt-4o-mini";

        private final ChatClient client;
        private final Map<String, String> known = new LinkedHashMap<>();
        private final List<String> history = new ArrayList<>();
        private int answered;

        public $name(ChatClient client, List<String> facts) {
          this.client = Objects.requireNonNull(client, "client");
          for (String fact : facts) {
            int colon = fact.indexOf(':');
            known.put(colon < 0 ? fact : fact.substring(0, colon).trim(), fact.substring(colon + 1));
          }
        }
      $body
        private String prompt(String question) {
          StringBuilder prompt = new StringBuilder("You answer questions about a $topic.\\n");
          known.forEach((key, fact) -> prompt.append("- ").append(key).append(": ").append(fact).append('\\n'));
          if (!history.isEmpty()) {
            prompt.append("Asked before: ").append(String.join("; ", history)).append('\\n');
          }
          return prompt.append("Question: ").append(question.strip()).toString();
        }
      }
      """;

  static final String ANSWER =
      """

        /** Answers a question of a customer. */
        @Cached(ttl = "1h", key = "question")
        @Retry(maxAttempts = 3, waitDuration = "100ms")
        @CircuitBreaker
        @CostTracked
        @GoldenTask(id = "$topic-limit", input = "Until when can I return a $noun?",
            expected = "$limit days", validator = "contains", tags = "smoke")
        @GoldenTask(id = "$topic-address", input = "Where do I send the $noun?",
            expected = "(?i).*warehouse.*", validator = "regex")
        public String answer(@Prompt String question) {
          if (question.isBlank()) {
            return "Please ask a question.";
          }
          String text = client.complete(MODEL, prompt(question));
          answered++;
          history.add(question.length() > LIMIT ? question.substring(0, LIMIT) + "..." : question);
          return text.strip();
        }
      """;

  static final List<String> GOVERNED =
      List.of(
          """

            /** Sums up a text in a few words. */
            @Routed(tiers = {"small", "large"})
            @TimeLimit(timeoutDuration = "20s")
            @Fallback(answer = "No summary at the moment.")
            public String summarize(@Prompt String text, int words, @Model String model) {
              String cut = text.length() > 4_000 ? text.substring(0, 4_000) : text;
              return client.complete(model == null ? MODEL : model, "In " + words + " words: " + cut);
            }
          """,
          """

            /** Returns the team that a text is for. */
            @Retry
            @Bulkhead
            @Fallback(method = "byKeyword")
            public String classify(@Prompt String text) {
              String team = client.complete(MODEL, "Which team handles this? " + text);
              return team.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
            }

            String byKeyword(String text) {
              return text.contains("$noun") ? "$topic" : "general";
            }
          """,
          """

            /** Opens a case for a $noun, once. */
            @Idempotent
            @RateLimit(limitForPeriod = 20, limitRefreshPeriod = "1s")
            @CircuitBreaker(failureRateThreshold = 40, waitDurationInOpenState = "10s")
            public boolean open(@Prompt String subject, long number) {
              String reply = client.complete(MODEL, "Open case " + number + " on " + subject);
              return reply.startsWith("OK");
            }
          """);

  static final List<String> ORDINARY =
      List.of(
          """

            /** Counts the words of a text, the most frequent ones first. */
            public Map<String, Long> wordCounts(String text) {
              Map<String, Long> counts =
                  List.of(text.toLowerCase(Locale.ROOT).split("\\\\W+")).stream()
                      .filter(word -> word.length() > 3)
                      .collect(Collectors.groupingBy(word -> word, TreeMap::new, Collectors.counting()));
              Map<String, Long> sorted = new LinkedHashMap<>();
              counts.entrySet().stream()
                  .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                  .limit(LIMIT)
                  .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
              return sorted;
            }
          """,
          """

            /** One line of a $noun. */
            public record Line(String name, int quantity, long cents) {

              long total() {
                return quantity * cents;
              }
            }

            /** Adds up the lines of a $noun and names the dearest. */
            public String total(List<Line> lines) {
              long sum = 0;
              for (Line line : lines) {
                sum += line.total();
              }
              Optional<Line> dearest = lines.stream().max(Comparator.comparingLong(Line::total));
              return "%d.%02d".formatted(sum / 100, sum % 100)
                  + dearest.map(line -> ", most of it for " + line.name()).orElse("");
            }
          """,
          """

            /** Returns how urgent a text is. */
            public int urgency(String text) {
              String first = text.isEmpty() ? "" : text.split(" ", 2)[0].toLowerCase(Locale.ROOT);
              return switch (first) {
                case "urgent", "asap", "now" -> 3;
                case "please", "when" -> text.length() > 100 ? 2 : 1;
                case "" -> 0;
                default -> {
                  int marks = 0;
                  for (char c : text.toCharArray()) {
                    marks += c == '!' ? 1 : 0;
                  }
                  yield Math.min(marks, 3);
                }
              };
            }
          """,
          """

            /** Splits a long text at sentences. */
            public List<String> chunks(String text, int size) {
              List<String> chunks = new ArrayList<>();
              StringBuilder chunk = new StringBuilder();
              for (String sentence : text.split("(?<=[.!?])\\\\s+")) {
                if (chunk.length() + sentence.length() > size && chunk.length() > 0) {
                  chunks.add(chunk.toString().trim());
                  chunk.setLength(0);
                }
                chunk.append(sentence).append(' ');
              }
              if (chunk.length() > 0) {
                chunks.add(chunk.toString().trim());
              }
              return chunks;
            }
          """,
          """

            /** Removes the oldest questions, and returns how many remain. */
            public int forget(int keep) {
              if (keep < 0) {
                throw new IllegalArgumentException("keep must be >= 0, but is " + keep);
              }
              while (history.size() > keep) {
                history.remove(0);
              }
              return history.size() + answered;
            }
          """,
          """

            /** Hides possible numbers of a $noun and addresses. */
            public String masked(String text) {
              StringBuilder masked = new StringBuilder(text.length());
              for (String word : text.split(" ")) {
                boolean digits = word.length() > 5 && word.chars().allMatch(Character::isDigit);
                boolean address = word.indexOf('@') > 0 && word.indexOf('.') > 0;
                masked.append(masked.length() == 0 ? "" : " ").append(digits || address ? "***" : word);
              }
              return masked.toString();
            }
          """,
          """

            /** Finds the facts that contain all words. */
            public List<String> facts(String... words) {
              try {
                return known.entrySet().stream()
                    .filter(fact -> List.of(words).stream().allMatch(fact.getValue()::contains))
                    .sorted(Map.Entry.comparingByKey())
                    .map(fact -> fact.getKey() + ": " + fact.getValue())
                    .limit(LIMIT)
                    .toList();
              } catch (NullPointerException e) {
                throw new IllegalArgumentException("no word may be null", e);
              }
            }
          """);

  /** What an agent may use; it imports only what it does use. */
  static final List<String> IMPORTS =
      List.of(
          "com.acme.ChatClient",
          "io.gild.annotations.Agent",
          "io.gild.annotations.Bulkhead",
          "io.gild.annotations.Cached",
          "io.gild.annotations.CircuitBreaker",
          "io.gild.annotations.CostTracked",
          "io.gild.annotations.Fallback",
          "io.gild.annotations.GoldenTask",
          "io.gild.annotations.Idempotent",
          "io.gild.annotations.Model",
          "io.gild.annotations.Prompt",
          "io.gild.annotations.RateLimit",
          "io.gild.annotations.Retry",
          "io.gild.annotations.Routed",
          "io.gild.annotations.TimeLimit",
          "java.util.ArrayList",
          "java.util.Comparator",
          "java.util.LinkedHashMap",
          "java.util.List",
          "java.util.Locale",
          "java.util.Map",
          "java.util.Objects",
          "java.util.Optional",
          "java.util.TreeMap",
          "java.util.stream.Collectors");

  private AgentTemplates() {}
}
