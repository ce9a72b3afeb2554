package io.gild.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelProviderLogTests {

  private final ModelProvider provider =
      ModelProvider.builder().faults(Faults.script(Fault.OK, Fault.STATUS_503)).start();

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void containsExactlyTheRequests() throws Exception {
    ask("gpt-4o", "first question");
    ask("gpt-4o", "second");
    ask("gpt-4o-mini", "first question");

    List<LoggedRequest> log = provider.requests();

    assertThat(log).extracting(LoggedRequest::sequence).containsExactly(1L, 2L, 3L);
    assertThat(log)
        .extracting(LoggedRequest::model)
        .containsExactly("gpt-4o", "gpt-4o", "gpt-4o-mini");
    assertThat(log).extracting(LoggedRequest::status).containsExactly(200, 503, 200);
    assertThat(log)
        .extracting(LoggedRequest::fault)
        .containsExactly(Fault.OK, Fault.STATUS_503, Fault.OK);
    assertThat(log).extracting(LoggedRequest::promptTokens).containsExactly(4, 0, 4);
    assertThat(log).extracting(LoggedRequest::completionTokens).containsExactly(6, 0, 7);
    assertThat(log.get(0).promptHash())
        .isEqualTo(log.get(2).promptHash())
        .isNotEqualTo(log.get(1).promptHash());
    assertThat(log).allMatch(request -> request.durationNanos() > 0);
  }

  @Test
  void countsEveryRequestOfManyClients() {
    IntStream.range(0, 400).parallel().forEach(i -> askUnchecked("m" + i % 4, "q" + i));

    assertThat(provider.summary().all().requests()).isEqualTo(400);
    assertThat(provider.summary().all().failed()).isEqualTo(1);
    assertThat(provider.summary().byModel().values())
        .allMatch(totals -> totals.requests() == 100)
        .hasSize(4);
  }

  @Test
  void isReadOverHttpAndReset() throws Exception {
    ask("gpt-4o", "a question");
    ask("gpt-4o", "a question");

    List<LoggedRequest> lines =
        Wire.get(provider.baseUrl() + "/_log").body().lines().map(LoggedRequest::fromJson).toList();
    JsonNode summary = Wire.json(Wire.get(provider.baseUrl() + "/_log/summary"));

    assertThat(lines).isEqualTo(provider.requests());
    assertThat(summary.path("requests").asInt()).isEqualTo(2);
    assertThat(summary.at("/byModel/gpt-4o/succeeded").asInt()).isEqualTo(1);
    assertThat(summary.at("/byFault/STATUS_503").asInt()).isEqualTo(1);

    Wire.post(provider.baseUrl() + "/_reset", "");

    assertThat(provider.requests()).isEmpty();
    ask("gpt-4o", "a question");
    assertThat(provider.requests()).singleElement().matches(one -> one.sequence() == 1);
  }

  @Test
  void isWrittenAsJsonLines(@TempDir Path folder) throws Exception {
    ask("gpt-4o", "a question");
    Path file = folder.resolve("log.jsonl");

    provider.writeLog(file);

    assertThat(Files.readAllLines(file).stream().map(LoggedRequest::fromJson))
        .containsExactlyElementsOf(provider.requests());
  }

  @Test
  void namesUnknownPathsToo() throws Exception {
    assertThat(Wire.get(provider.baseUrl() + "/v2/nothing").statusCode()).isEqualTo(404);
    assertThat(provider.requests())
        .singleElement()
        .matches(request -> request.status() == 404 && request.path().equals("/v2/nothing"));
  }

  private void ask(String model, String question) throws Exception {
    String body =
        """
        {"model":"%s","messages":[{"role":"user","content":"%s"}]}\
        """
            .formatted(model, question);
    Wire.post(provider.openAiBaseUrl() + "/chat/completions", body);
  }

  private void askUnchecked(String model, String question) {
    try {
      ask(model, question);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
