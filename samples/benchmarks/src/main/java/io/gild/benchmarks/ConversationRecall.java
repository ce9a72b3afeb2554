package io.gild.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gild.core.spi.Embedder;
import io.gild.memory.EmbeddedMemoryStore;
import io.gild.memory.Memories;
import io.gild.memory.MemoryDraft;
import io.gild.memory.MemoryFacts;
import io.gild.memory.MemorySource;
import io.gild.memory.RecallQuery;
import io.gild.vectors.Bm25;
import io.gild.vectors.Bm25Index;
import io.gild.vectors.FlatVectorIndex;
import io.gild.vectors.MetadataFilter;
import io.gild.vectors.TextEntry;
import io.gild.vectors.VectorSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The share of the messages that hold the answers to questions about long conversations, among the
 * first ten that are recalled: the mean over all questions, each conversation for itself.
 */
final class ConversationRecall {

  private static final int FIRST = 10;
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("h:mm a 'on' d MMMM, yyyy", Locale.ENGLISH);

  private final List<JsonNode> conversations = new ArrayList<>();

  ConversationRecall(Path file) throws IOException {
    ObjectMapper json = new ObjectMapper();
    for (String line : Files.readAllLines(file)) {
      conversations.add(json.readTree(line));
    }
  }

  int questions() {
    return conversations.stream().mapToInt(each -> each.path("questions").size()).sum();
  }

  /** Returns what memory recalls, in percent. */
  double memories(Embedder embedder) {
    return recall(conversation -> {
      Memories memories = remembered(conversation, embedder);
      return question ->
          memories.recall(new RecallQuery(question).limit(FIRST).peek()).stream()
              .map(each -> each.memory().id())
              .collect(Collectors.toSet());
    });
  }

  private static Memories remembered(JsonNode conversation, Embedder embedder) {
    VectorSpace space = new VectorSpace(embedder.name(), embedder.embed("dimensions").length);
    Memories memories =
        Memories.builder(
                new EmbeddedMemoryStore(new Bm25Index(Bm25.MESSAGES), new FlatVectorIndex(space)),
                embedder)
            .build();
    List<MemoryDraft> drafts = new ArrayList<>();
    for (JsonNode turn : conversation.path("turns")) {
      drafts.add(
          new MemoryDraft(text(turn))
              .id(turn.path("id").asText())
              .kind("turn " + turn.path("id").asText()) // equal greetings are turns of their own
              .created(at(turn))
              .source(new MemorySource(turn.path("session").asText(), "", ""))
              .metadata(MemoryFacts.AUTHOR, turn.path("speaker").asText()));
    }
    memories.remember(drafts);
    return memories;
  }

  /** Returns what BM25 finds by speaker, text, caption and date, in percent. */
  double words() {
    return recall(conversation -> {
      Bm25Index index = new Bm25Index(Bm25.DOCUMENTS);
      for (JsonNode turn : conversation.path("turns")) {
        String text = turn.path("speaker").asText() + ": " + text(turn);
        index.put(
            "",
            new TextEntry(
                turn.path("id").asText(), text + " " + turn.path("date").asText(), Map.of()));
      }
      return question ->
          index.search("", question, FIRST, MetadataFilter.none()).stream()
              .map(each -> each.id())
              .collect(Collectors.toSet());
    });
  }

  private static String text(JsonNode turn) {
    String caption = turn.path("caption").asText("");
    return turn.path("text").asText() + (caption.isEmpty() ? "" : " [" + caption + "]");
  }

  private static Instant at(JsonNode turn) {
    String date = turn.path("date").asText().replace(" am ", " AM ").replace(" pm ", " PM ");
    return LocalDateTime.parse(date, DATE).toInstant(ZoneOffset.UTC);
  }

  /** Finds the ids of the turns for a question. */
  private interface Finder {
    Set<String> find(String question);
  }

  private double recall(Function<JsonNode, Finder> finders) {
    double sum = 0;
    for (JsonNode conversation : conversations) {
      Finder finder = finders.apply(conversation);
      for (JsonNode question : conversation.path("questions")) {
        sum += share(question, finder.find(question.path("question").asText()));
      }
    }
    return 100 * sum / questions();
  }

  private static double share(JsonNode question, Set<String> found) {
    JsonNode evidence = question.path("evidence");
    int hits = 0;
    for (JsonNode turn : evidence) {
      hits += found.contains(turn.asText()) ? 1 : 0;
    }
    return evidence.isEmpty() ? 0 : (double) hits / evidence.size();
  }
}
