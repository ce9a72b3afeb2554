package io.gild.woven;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.MemoryDesk;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import dev.langchain4j.store.memory.chat.InMemoryChatMemoryStore;
import io.gild.config.Settings;
import io.gild.core.GildRuntime;
import io.gild.memory.SessionKey;
import io.gild.memory.SessionMessage;
import io.gild.memory.SessionMessage.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatMemoryTests {

  private static final String KEPT =
      """
      mode: enforce
      memory: {session: {store: surviving, max-messages: 4}}
      agents:
        - match: com.acme.MemoryDesk#say*
          name: desk
      """;
  private static final String WITHOUT_AGENT = KEPT.substring(0, KEPT.indexOf("agents"));
  private static final long LONGEST_NANOS = 60_000_000_000L;

  @TempDir Path folder;
  private Woven woven;

  @BeforeEach
  void empty() {
    SurvivingStore.reset();
  }

  @AfterEach
  void detach() {
    woven.close();
  }

  private static MemoryDesk desk(String id) {
    return new MemoryDesk(window(id, new InMemoryChatMemoryStore()));
  }

  private static ChatMemory window(String id, ChatMemoryStore store) {
    return MessageWindowChatMemory.builder().id(id).maxMessages(20).chatMemoryStore(store).build();
  }

  private static MemoryDesk anonymous() {
    return new MemoryDesk(MessageWindowChatMemory.withMaxMessages(20));
  }

  private static List<String> kept(String agent, String id) {
    return SurvivingStore.kept().read(new SessionKey("", agent, id)).messages().stream()
        .map(SessionMessage::text)
        .toList();
  }

  /** Reads again and again, because a store that has failed is not asked for some seconds. */
  private static List<String> until(MemoryDesk desk, Predicate<List<String>> wanted) {
    long deadline = System.nanoTime() + LONGEST_NANOS;
    List<String> texts = desk.texts();
    while (!wanted.test(texts) && System.nanoTime() < deadline) {
      texts = desk.texts();
    }
    return texts;
  }

  @Test
  void keepsAgentsWithTheSameIdApart() {
    woven = Woven.with(KEPT + "  - match: com.acme.MemoryDesk#instruct\n    name: other\n");
    desk("alice").say("one");
    desk("alice").instruct("two");
    assertThat(kept("desk", "alice")).containsExactly("one");
    assertThat(kept("other", "alice")).containsExactly("two");
    assertThat(desk("alice").say("three")).containsExactly("one", "three");
  }

  @Test
  void findsASessionWithoutAgentInTheStore() {
    woven = Woven.with(WITHOUT_AGENT);
    desk("alice").say("one");
    assertThat(kept("", "alice")).containsExactly("one");
    assertThat(desk("alice").texts()).containsExactly("one");
  }

  @Test
  void usesTheSessionOfTheCallForAMemoryWithoutId() {
    woven = Woven.with(KEPT);
    anonymous().sayIn("alice", "one");
    anonymous().sayIn("bob", "two");
    assertThat(anonymous().sayIn("alice", "three")).containsExactly("one", "three");
    assertThat(kept("desk", "bob")).containsExactly("two");
    assertThat(woven.log()).noneMatch(line -> line.contains("no id"));
  }

  @Test
  void leavesPrivateMemoriesWithoutIdInTheHeap() {
    woven = Woven.with(WITHOUT_AGENT);
    MemoryDesk first = anonymous();
    first.say("one");
    assertThat(anonymous().say("two")).containsExactly("two");
    assertThat(first.say("three")).containsExactly("one", "three");
    assertThat(kept("", "default")).isEmpty();
    assertThat(woven.log()).anyMatch(line -> line.contains("has no id of its own"));
  }

  @Test
  void leavesMemoriesWhoseIdsHaveNoTextInTheHeap() {
    woven = Woven.with(WITHOUT_AGENT);
    ChatMemory memory = MessageWindowChatMemory.builder().id(new Object()).maxMessages(9).build();
    assertThat(new MemoryDesk(memory).say("one")).containsExactly("one");
    assertThat(SurvivingStore.kept().sessions("")).isEmpty();
    assertThat(woven.log()).anyMatch(line -> line.contains("toString()"));
  }

  @Test
  void readsWhatOthersAppendedMeanwhile() {
    woven = Woven.with(WITHOUT_AGENT);
    MemoryDesk desk = desk("alice");
    desk.say("one");
    desk("alice").say("two");
    assertThat(desk.say("three")).containsExactly("one", "two", "three");
  }

  @Test
  void addsWhatWasSaidWhileTheStoreFailedBehindTheRest() {
    woven = Woven.with(WITHOUT_AGENT);
    MemoryDesk desk = desk("alice");
    List.of("one", "two", "two", "three", "four").forEach(desk::say);
    assertThat(kept("", "alice")).containsExactly("two", "two", "three", "four");
    SurvivingStore.failing = true;
    desk.instruct("Be brief.");
    assertThat(desk.say("two")).endsWith("Be brief.", "two");
    SurvivingStore.failing = false;
    until(desk, texts -> kept("", "alice").contains("Be brief."));
    assertThat(kept("", "alice")).containsExactly("three", "four", "Be brief.", "two");
    assertThat(woven.log()).filteredOn(line -> line.contains("told to fail")).as("log").hasSize(1);
  }

  @Test
  void removesWhatWasRemovedWhileTheStoreFailed() {
    woven = Woven.with(WITHOUT_AGENT);
    MemoryDesk desk = desk("alice");
    desk.say("one");
    SurvivingStore.failing = true;
    desk.clear();
    assertThat(desk.say("two")).containsExactly("two");
    SurvivingStore.failing = false;
    until(desk, texts -> kept("", "alice").contains("two"));
    assertThat(kept("", "alice")).containsExactly("two");
  }

  @Test
  void doesNotOverwriteASessionThatItCouldNotRead() {
    woven = Woven.with(WITHOUT_AGENT);
    desk("alice").say("one");
    MemoryDesk restarted = desk("alice");
    SurvivingStore.failing = true;
    assertThat(restarted.say("two")).containsExactly("two");
    SurvivingStore.failing = false;
    until(restarted, texts -> texts.size() == 2);
    assertThat(kept("", "alice")).containsExactly("one", "two");
  }

  @Test
  void addsWhatWasSaidInObserveMode() throws Exception {
    woven = Woven.with(WITHOUT_AGENT);
    MemoryDesk desk = desk("alice");
    desk.say("one");
    switchTo(WITHOUT_AGENT.replace("enforce", "observe"));
    assertThat(desk.say("two")).containsExactly("one", "two");
    assertThat(kept("", "alice")).containsExactly("one");
    switchTo(WITHOUT_AGENT);
    assertThat(desk.say("three")).containsExactly("one", "two", "three");
    assertThat(kept("", "alice")).containsExactly("one", "two", "three");
  }

  private void switchTo(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("gild.yaml"), yaml);
    GildRuntime.global().reload(Settings.load(file));
  }

  @Test
  void changesNothingWithTheDefaultStore() {
    woven = Woven.with("mode: enforce\n");
    desk("alice").say("one");
    assertThat(desk("alice").texts()).isEmpty();
    assertThat(woven.log()).noneMatch(line -> line.contains("chat memor"));
  }

  @Test
  void givesTheMemoryBackWhenDetached() {
    woven = Woven.with(WITHOUT_AGENT);
    MemoryDesk desk = desk("alice");
    desk.say("one");
    woven.close();
    assertThat(desk.say("two")).containsExactly("one", "two");
    assertThat(kept("", "alice")).containsExactly("one");
    assertThat(SurvivingStore.kept().read(new SessionKey("", "", "alice")).messages())
        .allMatch(message -> message.role() == Role.USER);
  }
}
