package io.gild.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelProviderFaultTests {

  private static final String PLAIN =
      "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"a question\"}]}";
  private static final String STREAM =
      "{\"model\":\"gpt-4o\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"a question\"}]}";

  private ModelProvider provider = ModelProvider.builder().start();

  @AfterEach
  void close() {
    provider.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"STATUS_429", "STATUS_500", "STATUS_503"})
  void failsWithAStatusAndThenRecovers(Fault fault) throws Exception {
    script(fault);

    assertThat(ask(PLAIN).statusCode()).isEqualTo(fault.status());
    assertThat(ask(PLAIN).statusCode()).isEqualTo(200);
    assertThat(only(fault).promptTokens()).isZero();
  }

  @Test
  void sendsRetryAfterWithA429() throws Exception {
    provider.close();
    provider =
        ModelProvider.builder()
            .faults(Faults.script(Fault.STATUS_429))
            .retryAfter(Duration.ofMillis(1500))
            .start();

    HttpResponse<String> response = ask(PLAIN);

    assertThat(response.headers().firstValue("Retry-After")).hasValue("2");
    assertThat(response.headers().firstValue("retry-after-ms")).hasValue("1500");
  }

  @Test
  void resetsTheConnectionBeforeTheFirstByte() throws Exception {
    script(Fault.RESET);
    byte[] request =
        ("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: "
                + PLAIN.length()
                + "\r\n\r\n"
                + PLAIN)
            .getBytes(StandardCharsets.US_ASCII);

    try (Socket socket = new Socket("127.0.0.1", provider.port())) {
      socket.getOutputStream().write(request);
      assertThatExceptionOfType(SocketException.class)
          .isThrownBy(() -> socket.getInputStream().read())
          .withMessageContaining("reset");
    }
    assertThat(only(Fault.RESET).status()).isZero();
  }

  @Test
  void showsAResetToAnHttpClient() {
    script(Fault.RESET);

    assertThatThrownBy(() -> ask(PLAIN)).isInstanceOf(IOException.class);
    assertThat(provider.requests()).hasSize(1);
  }

  @Test
  void stallsUntilTheClientGivesUp() {
    script(Fault.STALL);

    assertThatThrownBy(() ->
            Wire.post(
                provider.openAiBaseUrl() + "/chat/completions", PLAIN, Duration.ofMillis(100)))
        .isInstanceOf(HttpTimeoutException.class);
    assertThat(only(Fault.STALL).status()).isZero();
  }

  @Test
  void stallsNoLongerThanItsBound() {
    provider.close();
    provider =
        ModelProvider.builder()
            .faults(Faults.script(Fault.STALL))
            .stallFor(Duration.ofMillis(50))
            .start();

    assertThatThrownBy(() -> ask(PLAIN))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(HttpTimeoutException.class);
  }

  @Test
  void cutsAStreamHalfWay() {
    script(Fault.CUT_STREAM);

    assertThatThrownBy(() -> ask(STREAM)).isInstanceOf(IOException.class);

    LoggedRequest cut = only(Fault.CUT_STREAM);
    assertThat(cut.completionTokens()).isEqualTo(Tokens.estimate("[gpt-4o] a question") / 2);
    assertThat(cut.promptTokens()).isEqualTo(3);
  }

  @Test
  void stallsInTheMiddleOfAStreamAndOfAPlainAnswer() throws Exception {
    provider.close();
    provider =
        ModelProvider.builder()
            .faults(Faults.script(Fault.STALL_STREAM, Fault.STALL_STREAM))
            .stallFor(Duration.ofMillis(50))
            .start();

    assertThatThrownBy(() -> ask(STREAM)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> ask(PLAIN)).isInstanceOf(IOException.class);

    assertThat(provider.requests())
        .extracting(LoggedRequest::fault)
        .containsExactly(Fault.STALL_STREAM, Fault.STALL_STREAM);
    assertThat(provider.requests().get(0).completionTokens())
        .isEqualTo(Tokens.estimate("[gpt-4o] a question") / 2);
  }

  @Test
  void cutsAPlainAnswerHalfWay() {
    script(Fault.CUT_STREAM);

    assertThatThrownBy(() -> ask(PLAIN)).isInstanceOf(IOException.class);
    assertThat(only(Fault.CUT_STREAM).succeeded()).isFalse();
  }

  @Test
  void insertsABrokenEventIntoAStream() throws Exception {
    script(Fault.MALFORMED_EVENT);

    HttpResponse<String> response = ask(STREAM);

    assertThat(response.body()).endsWith("data: [DONE]\n\n");
    assertThat(response.body().lines().filter(line -> line.startsWith("data: {")))
        .filteredOn(line -> !isJson(line.substring(6)))
        .hasSize(1);
  }

  @Test
  void breaksTheJsonOfAPlainAnswer() throws Exception {
    script(Fault.MALFORMED_EVENT);

    HttpResponse<String> response = ask(PLAIN);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(isJson(response.body())).isFalse();
  }

  @Test
  void failsEveryRequestOfAnOutage() throws Exception {
    provider.close();
    provider = ModelProvider.builder().faults(Faults.none().outage(2, 3)).start();

    assertThat(ask(PLAIN).statusCode()).isEqualTo(200);
    assertThat(ask(PLAIN).statusCode()).isEqualTo(503);
    assertThat(ask(PLAIN).statusCode()).isEqualTo(503);
    assertThat(ask(PLAIN).statusCode()).isEqualTo(200);
  }

  @Test
  void failsOnlyOneModel() throws Exception {
    provider.close();
    provider = ModelProvider.builder().faults("gpt-4o", Faults.none().outage(1, 100)).start();

    assertThat(ask(PLAIN).statusCode()).isEqualTo(503);
    assertThat(ask(PLAIN.replace("gpt-4o", "gpt-4o-mini")).statusCode()).isEqualTo(200);
  }

  @Test
  void repeatsItsFaultsWithItsSeed() throws Exception {
    assertThat(faultsOfRun(7)).isEqualTo(faultsOfRun(7)).isNotEqualTo(faultsOfRun(8));
  }

  @Test
  void answers500IfTheAnswererThrows() throws Exception {
    provider.close();
    provider =
        ModelProvider.builder()
            .answers(request -> {
              throw new IllegalStateException("no idea");
            })
            .start();

    HttpResponse<String> response = ask(PLAIN);

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).contains("no idea");
  }

  @Test
  void answers400ToABodyThatIsNotJson() throws Exception {
    assertThat(ask("{\"model\":").statusCode()).isEqualTo(400);
  }

  private List<Fault> faultsOfRun(long seed) throws IOException {
    provider.close();
    Faults faults = Faults.rate(0.5).weighing(Fault.RESET, 0);
    provider = ModelProvider.builder().seed(seed).faults(faults).start();
    for (int i = 0; i < 30; i++) {
      ask(PLAIN);
    }
    return provider.requests().stream().map(LoggedRequest::fault).toList();
  }

  private void script(Fault... faults) {
    provider.close();
    provider = ModelProvider.builder().faults(Faults.script(faults)).start();
  }

  private HttpResponse<String> ask(String body) throws IOException {
    return Wire.post(provider.openAiBaseUrl() + "/chat/completions", body);
  }

  private LoggedRequest only(Fault fault) {
    return provider.requests().stream()
        .filter(request -> request.fault() == fault)
        .findFirst()
        .orElseThrow();
  }

  private static boolean isJson(String text) {
    try {
      JsonNodes.MAPPER.readTree(text);
      return true;
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}
