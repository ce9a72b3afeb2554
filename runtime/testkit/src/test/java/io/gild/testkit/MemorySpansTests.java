package io.gild.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.Settings;
import io.gild.core.GildRuntime;
import io.gild.core.WorkTraces;
import io.gild.memory.AgentMemory;
import io.gild.memory.Memories;
import io.gild.memory.MemoryDraft;
import io.gild.memory.RecallQuery;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemorySpansTests {

  private final RecordedWork recorded = new RecordedWork();
  private final GildRuntime runtime =
      GildRuntime.builder()
          .settings(
              Settings.builder()
                  .yaml("gild.yaml", "memory: {long-term: {store: in-process}}")
                  .build())
          .build();

  MemorySpansTests() {
    WorkTraces.of(runtime).traceWith(recorded);
  }

  @AfterEach
  void close() {
    runtime.close();
  }

  private Memories memories() {
    return AgentMemory.of(runtime).memories();
  }

  @Test
  void tracesWritesAndSearches() {
    memories().remember(new MemoryDraft("Ann prefers e-mail.").agent("support"));
    memories().recall(new RecallQuery("How does Ann like e-mail?").agent("support"));
    memories().recall(new RecallQuery(" ").agent("support"));

    assertThat(recorded.spans()).hasSize(2);
    RecordedWork.Span write = recorded.spans().get(0);
    assertThat(write.work().name()).isEqualTo("upsert_memory");
    assertThat(write.attributes())
        .containsEntry("gen_ai.operation.name", "upsert_memory")
        .containsEntry("gen_ai.memory.record.count", 1L)
        .containsEntry("gild.memory.store", "in-process")
        .containsEntry("gen_ai.agent.name", "support");
    RecordedWork.Span search = recorded.spans().get(1);
    assertThat(search.work().name()).isEqualTo("search_memory");
    assertThat(search.attributes())
        .containsEntry("gen_ai.memory.record.count", 1L)
        .containsEntry("gen_ai.memory.query.text", "How does Ann like e-mail?");
    assertThat(search.isOver()).isTrue();
  }

  @Test
  void recordsTheFailureOfAWrite() {
    MemoryDraft reserved = new MemoryDraft("x").metadata("gild.reserved", "value");

    assertThatThrownBy(() -> memories().remember(List.of(reserved)))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(recorded.spans().get(0).errorType())
        .isEqualTo(IllegalArgumentException.class.getName());
  }
}
