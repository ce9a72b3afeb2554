package io.gild.weaver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScrubberTests {

  private final Scrubber scrubber = new Scrubber(List.of("ACME-\\d{4}"), false, Map.of());
  private final Scrubber.Names names = new Scrubber.Names();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sk-proj-abcDEF1234567890abcDEF12",
        "sk-ant-api03-abcDEF1234567890",
        "AKIAIOSFODNN7EXAMPLE",
        "ghp_abcdefghijklmnopqrstuvwxyz0123456789",
        "github_pat_11ABCDEFG0123456789_abcdefghij",
        "glpat-abcdefghij0123456789",
        "xoxb-123456789012-abcdefghijkl",
        "AIzaSyA1234567890abcdefghijklmnopqrstuv",
        "hf_abcdefghijklmnopqrstuvwx",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl",
        "-----BEGIN RSA PRIVATE KEY-----\nMIIEow==\n-----END RSA PRIVATE KEY-----",
        "ACME-1234"
      })
  void replacesASecretAndKeepsWhatStandsAround(String secret) {
    assertThat(scrubber.scrub("use " + secret + " here", names)).isEqualTo("use «secret:1» here");
  }

  @Test
  void replacesOnlyThePasswordOfAnAddress() {
    assertThat(scrubber.scrub("jdbc at postgres://ada:hunter2@db/acme", names))
        .isEqualTo("jdbc at postgres://ada:«secret:1»@db/acme");
  }

  @Test
  void replacesWhatAWordAnnounces() {
    assertThat(scrubber.scrub("Authorization: Basic YWRhOmFkYQ", names))
        .isEqualTo("Authorization: Basic «secret:1»");
    assertThat(scrubber.scrub("{\"password\": \"correct horse\"}", names))
        .isEqualTo("{\"password\": \"«secret:2»\"}");
    assertThat(scrubber.scrub((Object) Map.of("api_key", "short"), names))
        .isEqualTo(Map.of("api_key", "«secret:3»"));
  }

  @Test
  void givesEqualSecretsOneNameAndOthersAnother() {
    assertThat(scrubber.scrub("sk-aaaaaaaaaaaaaaaa sk-bbbbbbbbbbbbbbbb sk-aaaaaaaaaaaaaaaa", names))
        .isEqualTo("«secret:1» «secret:2» «secret:1»");
  }

  @Test
  void givesNoNameAgainThatARecordingGave() {
    assertThat(scrubber.scrub("«secret:3» and sk-aaaaaaaaaaaaaaaa", names))
        .isEqualTo("«secret:3» and «secret:4»");
  }

  @Test
  void leavesPlainTextAlone() {
    String text =
        "Basic information, no bearer certificates: max_tokens: 1000000, and 30 days to return shoes.";

    assertThat(scrubber.scrub(text, names)).isEqualTo(text);
  }

  @Test
  void findsASecretThatIsSpreadOverPiecesOfAStream() {
    List<?> pieces =
        List.of(
            Map.of("delta", "the key is sk-aaaa", "id", "x"),
            Map.of("delta", "aaaaaaaa", "id", "x"),
            Map.of("delta", "bbbb, keep it", "id", "x"));

    assertThat(scrubber.scrubPieces(pieces, names))
        .isEqualTo(
            List.of(
                Map.of("delta", "the key is «secret:1», keep it", "id", "x"),
                Map.of("delta", "", "id", "x"),
                Map.of("delta", "", "id", "x")));
  }

  @Test
  void knowsTheSecretsOfTheEnvironmentWhateverTheirForm() {
    Scrubber own = new Scrubber(List.of(), false, Map.of("VENDOR_API_KEY", "plainly-this"));

    assertThat(own.scrub("it is plainly-this!", names)).isEqualTo("it is «secret:1»!");
  }

  @Test
  void leavesPersonalDataAloneUnlessAsked() {
    String text = "ada@acme.com, 4111 1111 1111 1111, +49 30 1234567";

    assertThat(scrubber.scrub(text, names)).isEqualTo(text);
    assertThat(new Scrubber(List.of(), true, Map.of()).scrub(text, names))
        .isEqualTo("«personal:1», «personal:2», «personal:3»");
  }
}
