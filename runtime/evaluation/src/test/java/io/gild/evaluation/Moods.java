package io.gild.evaluation;

import io.gild.config.Usage;
import io.gild.core.AgentCall;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** An agent that answers well or misbehaves on request. */
public class Moods {

  /** A record as a parameter. */
  public record Order(String item, int count) {}

  private int turns;

  public String answer(String mood) throws Exception {
    turns++;
    switch (mood) {
      case "throw" -> throw new IllegalStateException("no idea");
      case "hang" -> Thread.sleep(600_000);
      case "stubborn" -> {
        while (true) {
          Thread.onSpinWait();
        }
      }
      case "exit" -> System.exit(3);
      case "halt" -> {
        System.err.println("out of paper");
        Runtime.getRuntime().halt(4);
      }
      case "null" -> {
        return null;
      }
      case "flood" -> {
        String line = "x".repeat(10_000);
        for (int i = 0; i < 1_000; i++) {
          System.out.println(line);
          System.err.println(line);
        }
      }
      case "free" -> current().detail().recordUsage("in-house", Usage.of(10, 5), 0);
      case "unpriced" -> current().recordUsage("in-house", Usage.of(10, 5));
      case "silent" -> current().recordUsage("gpt-4o-mini", Usage.NONE);
      case "overflow" -> {
        return answer("overflow");
      }
      default -> {
        return "turn " + turns + ": " + mood;
      }
    }
    return "turn " + turns + ": " + mood;
  }

  private static AgentCall current() {
    return Objects.requireNonNull(AgentCall.current());
  }

  public String order(
      Order order, List<String> notes, Map<String, Integer> prices, String session) {
    return order.count() + " " + order.item() + " " + notes + " " + prices + " " + session;
  }

  public CompletableFuture<String> later(String text) {
    return CompletableFuture.supplyAsync(() -> text.toUpperCase(Locale.ROOT));
  }

  public Stream<String> pieces(String text) {
    return text.chars().mapToObj(c -> String.valueOf((char) c));
  }
}
