package io.gild.memory;

import io.gild.config.Experimental;
import io.gild.memory.spi.Summarizer;
import io.gild.vectors.TextWords;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Summarizes without a model: keeps the sentences that say most in the fewest words, in their
 * order. The worth of a sentence is the sum of the {@code log(1 + sentences / frequency)} of its
 * different words that no chosen sentence has, for each square root of its tokens (a greedy choice
 * for maximum coverage). Sentences with numbers and names count a half more.
 */
@Experimental
public final class ExtractiveSummarizer implements Summarizer {

  private static final double FACTS = 1.5;
  private static final int SHORTEST = 2;

  /** Creates a summarizer. */
  public ExtractiveSummarizer() {}

  /** A sentence, with where it stood. */
  private record Sentence(int place, String text, int tokens, Set<String> words, double factor) {}

  @Override
  public String summarize(
      @Nullable SessionSummary previous, List<SessionMessage> turns, int maxTokens) {
    List<Sentence> sentences = sentences(previous, turns);
    Map<String, Integer> frequencies = new HashMap<>();
    sentences.forEach(
        sentence -> sentence.words().forEach(word -> frequencies.merge(word, 1, Integer::sum)));
    List<Sentence> chosen = choose(sentences, frequencies, maxTokens);
    StringBuilder summary = new StringBuilder();
    chosen.stream()
        .sorted(Comparator.comparingInt(Sentence::place))
        .forEach(sentence -> summary.append(sentence.text()).append('\n'));
    return summary.toString().strip();
  }

  private static List<Sentence> sentences(
      @Nullable SessionSummary previous, List<SessionMessage> turns) {
    List<Sentence> sentences = new ArrayList<>();
    if (previous != null) {
      previous.text().lines().forEach(line -> add(line, sentences));
    }
    for (SessionMessage message : turns) {
      if (message.role() != SessionMessage.Role.TOOL) {
        String speaker = message.role() == SessionMessage.Role.USER ? "User: " : "Agent: ";
        split(message.text()).forEach(sentence -> add(speaker + sentence, sentences));
      }
    }
    if (sentences.isEmpty()) {
      turns.forEach(message -> add(message.text(), sentences));
    }
    return sentences;
  }

  private static List<String> split(String text) {
    BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
    breaks.setText(text);
    List<String> sentences = new ArrayList<>();
    int start = breaks.first();
    for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
      sentences.add(text.substring(start, end).strip().replaceAll("\\s+", " "));
      start = end;
    }
    return sentences;
  }

  private static void add(String text, List<Sentence> sentences) {
    List<String> words = TextWords.of(text.toLowerCase(Locale.ROOT), TextWords.PLAIN);
    if (words.size() > SHORTEST) {
      sentences.add(
          new Sentence(
              sentences.size(),
              text,
              TokenEstimate.of(text),
              new HashSet<>(words.subList(1, words.size())),
              hasFacts(text) ? FACTS : 1));
    }
  }

  /** Returns whether there is a digit, or a capital that begins no sentence. */
  private static boolean hasFacts(String text) {
    int colon = text.indexOf(": ");
    for (int i = colon + 3; i < text.length(); i++) {
      char character = text.charAt(i);
      boolean begins = !Character.isLetterOrDigit(text.charAt(i - 1));
      if (Character.isDigit(character) || begins && Character.isUpperCase(character)) {
        return true;
      }
    }
    return false;
  }

  private static List<Sentence> choose(
      List<Sentence> sentences, Map<String, Integer> frequencies, int maxTokens) {
    List<Sentence> left = new ArrayList<>(sentences);
    List<Sentence> chosen = new ArrayList<>();
    Set<String> covered = new HashSet<>();
    int room = maxTokens;
    while (!left.isEmpty()) {
      int limit = room;
      left.removeIf(sentence -> sentence.tokens() > limit && !chosen.isEmpty());
      Sentence best = null;
      double most = 0;
      for (Sentence sentence : left) {
        double worth = worth(sentence, frequencies, covered, sentences.size());
        if (worth > most) {
          most = worth;
          best = sentence;
        }
      }
      if (best == null) {
        break;
      }
      chosen.add(best.tokens() > room ? shortened(best, room) : best);
      covered.addAll(best.words());
      left.remove(best);
      room -= best.tokens();
    }
    return chosen;
  }

  private static double worth(
      Sentence sentence, Map<String, Integer> frequencies, Set<String> covered, int sentences) {
    double sum = 0;
    for (String word : sentence.words()) {
      if (!covered.contains(word)) {
        sum += Math.log(1 + (double) sentences / frequencies.getOrDefault(word, 1));
      }
    }
    return sentence.factor() * sum / Math.sqrt(sentence.tokens());
  }

  /** Cuts the only sentence that is left to the room there is. */
  private static Sentence shortened(Sentence sentence, int tokens) {
    String text = sentence.text();
    int end = Math.min(text.length(), 4 * tokens);
    return new Sentence(
        sentence.place(),
        text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, end))) + " …",
        tokens,
        sentence.words(),
        1);
  }
}
