package io.gild.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScrubberTests {

  private final Scrubber scrubber = new Scrubber(List.of("ACME-\\d{4}"), false, Map.of());
  private final Scrubber.Placeholders names = new Scrubber.Placeholders();

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
  void replacesOnlyTheSecret(String secret) {
    assertThat(scrubber.scrub("use " + secret + " here", names)).isEqualTo("use «secret:1» here");
  }

  @Test
  void replacesOnlyThePasswordOfAnAddress() {
    assertThat(scrubber.scrub("jdbc at postgres://ada:hunter2@db/acme", names))
        .isEqualTo("jdbc at postgres://ada:«secret:1»@db/acme");
  }

  @Test
  void replacesValuesThatAWordAnnounces() {
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
  void doesNotReuseNamesOfARecording() {
    assertThat(scrubber.scrub("«secret:3» and sk-aaaaaaaaaaaaaaaa", names))
        .isEqualTo("«secret:3» and «secret:4»");
  }

  @Test
  void doesNotChangePlainText() {
    String text =
        "Basic information, no bearer certificates: max_tokens: 1000000, and 30 days to return shoes.";

    assertThat(scrubber.scrub(text, names)).isEqualTo(text);
  }

  @Test
  void findsASecretThatIsSpreadOverChunksOfAStream() {
    List<?> pieces =
        List.of(
            Map.of("delta", "the key is sk-aaaa", "id", "x"),
            Map.of("delta", "aaaaaaaa", "id", "x"),
            Map.of("delta", "bbbb, keep it", "id", "x"));

    assertThat(scrubber.scrubChunks(pieces, names))
        .isEqualTo(
            List.of(
                Map.of("delta", "the key is «secret:1», keep it", "id", "x"),
                Map.of("delta", "", "id", "x"),
                Map.of("delta", "", "id", "x")));
  }

  @Test
  void findsSecretsOfTheEnvironmentInAnyForm() {
    Scrubber own = new Scrubber(List.of(), false, Map.of("VENDOR_API_KEY", "plainly-this"));

    assertThat(own.scrub("it is plainly-this!", names)).isEqualTo("it is «secret:1»!");
  }

  @Test
  void keepsPersonalDataByDefault() {
    String text = "ada@acme.com, 4111 1111 1111 1111, +49 30 1234567";

    assertThat(scrubber.scrub(text, names)).isEqualTo(text);
    assertThat(new Scrubber(List.of(), true, Map.of()).scrub(text, names))
        .isEqualTo("«personal:1», «personal:2», «personal:3»");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gsk_abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOP",
        "xai-abcdefghijklmnopqrstuvwxyz0123456789",
        "pplx-0123456789abcdef0123456789abcdef",
        "r8_abcdefghijklmnopqrstuvwxyz012345",
        "dapi0123456789abcdef0123456789abcdef",
        "hvs.CAESIabcdefghijklmnopqrstuvwxyz",
        "abc8Q~abcdefghijklmnopqrstuvwxyz0123456789",
        "https://hooks.slack.com/services/T00000000/B00000000/abcdefghijklmnop",
        "sk-or-v1-0123456789abcdef0123456789abcdef",
        "sq0csp-abcdefghijklmnopqrstuvw",
        "xoxe.xoxp-1-abcdefghijklmnopqrstuv",
      })
  void findsSecretsOfCurrentShapes(String secret) {
    String clean = scrubber.scrub("see \"" + secret + "\", line\\n" + secret + ".", names);

    assertThat(clean)
        .isEqualTo(
            secret.startsWith("https")
                ? "see \"https://«secret:1»\", line\\nhttps://«secret:1»."
                : "see \"«secret:1»\", line\\n«secret:1».");
  }

  static Stream<Arguments> announced() {
    return Stream.of(
        arguments("{\"password\":\"correct'horse7battery\"}", "{\"password\":\"#\"}"),
        arguments("{\"password\":\"it's-a-secret\"}", "{\"password\":\"#\"}"),
        arguments("{\"password\":\"a\\\"b, c\",\"x\":1}", "{\"password\":\"#\",\"x\":1}"),
        arguments("{\"password\":\"ab\\\\\",\"x\":\"y\"}", "{\"password\":\"#\",\"x\":\"y\"}"),
        arguments("{'password': 'it''s', 'x': 1}", "{'password': '#', 'x': 1}"),
        arguments(
            "\"{\\\"apiKey\\\": \\\"x\\\\\\\"y\\\", \\\"n\\\": 1}\"",
            "\"{\\\"apiKey\\\": \\\"#\\\", \\\"n\\\": 1}\""),
        arguments("password=it's,fine;x", "password=#"),
        arguments("password=hunter2,user=ada", "password=#,user=ada"),
        arguments("Login[user=ada, password=hunter2]", "Login[user=ada, password=#]"),
        arguments("{user=ada, access-token=a1b2c3d4}", "{user=ada, access-token=#}"),
        arguments("?token=a1b2c3d4&x=y", "?token=#&x=y"),
        arguments(
            "jdbc:mysql://db/x?user=a&password=p&ssl=true",
            "jdbc:mysql://db/x?user=a&password=#&ssl=true"),
        arguments(
            "jdbc:sqlserver://h;user=sa;password=P@ss;encrypt=true",
            "jdbc:sqlserver://h;user=sa;password=#;encrypt=true"),
        arguments("jdbc:oracle:thin:scott/tiger@db:1521/x", "jdbc:oracle:thin:scott/#@db:1521/x"),
        arguments("postgres://ada:p@ss/word@db:5432/x", "postgres://ada:#@db:5432/x"),
        arguments(
            "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=abc+/def==;EndpointSuffix=x",
            "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=#;EndpointSuffix=x"),
        arguments(
            "https://a.blob.core.windows.net/c?sv=2022&sig=abcdefghij%2Bklmnop%3D&se=1",
            "https://a.blob.core.windows.net/c?sv=2022&sig=#&se=1"),
        arguments("curl -u ada:hunter2 https://x", "curl -u ada:# https://x"),
        arguments("curl --user 'ada:hun ter2' https://x", "curl --user 'ada:#' https://x"),
        arguments("docker run -u 1000:1000 x", "docker run -u 1000:1000 x"),
        arguments("psql --password hunter2 -h db", "psql --password # -h db"),
        arguments("<password>a, 'b' &amp; c</password>", "<password>#</password>"),
        arguments(
            "<c:accessToken a=\"b\"><![CDATA[x<y]]></c:accessToken>",
            "<c:accessToken a=\"b\"><![CDATA[#]]></c:accessToken>"),
        arguments("<add key=\"Password\" value=\"x y\"/>", "<add key=\"Password\" value=\"#\"/>"),
        arguments(
            "[{\"name\": \"X-Api-Key\", \"value\": \"abc\"}]",
            "[{\"name\": \"X-Api-Key\", \"value\": \"#\"}]"),
        arguments("Authorization: Bearer abc", "Authorization: Bearer abc"),
        arguments("-H \"Authorization: token abcdef\"", "-H \"Authorization: token #\""),
        arguments(
            "{Authorization=[Bearer abcdef], Accept=[*/*]}",
            "{Authorization=[Bearer #], Accept=[*/*]}"),
        arguments("Cookie: a=1234; b=5678\nHost: x", "Cookie: #\nHost: x"),
        arguments("basic YWRhOmh1bnRlcjI= here", "basic # here"),
        arguments("SECRET_KEY := \"abc\"", "SECRET_KEY := \"#\""),
        arguments("config['client_secret'] = 'abc'", "config['client_secret'] = '#'"),
        arguments(
            "password=${DB_PASSWORD} or password=null", "password=${DB_PASSWORD} or password=null"),
        arguments(
            "\"max_tokens\": 100, \"next_page_token\": \"abcdefgh1\"",
            "\"max_tokens\": 100, \"next_page_token\": \"abcdefgh1\""),
        arguments("\"password\"\"x\"", "\"password\"\"x\""),
        arguments("a,\"{\"\"password\"\":\"\"abc\"\"}\"", "a,\"{\"\"password\"\":\"\"#\"\"}\""));
  }

  @ParameterizedTest
  @MethodSource("announced")
  void replacesTheWholeValueThatANameAnnounces(String text, String clean) {
    String once = scrubber.scrub(text, names);

    assertThat(once).isEqualTo(clean.replace("#", "«secret:1»"));
    assertThat(scrubber.scrub(once, new Scrubber.Placeholders())).as("again").isEqualTo(once);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "token",
        "access_token",
        "accessToken",
        "secretKey",
        "privateKey",
        "Authorization",
        "X-API-Key",
        "apikey",
        "APIKey",
        "client-secret",
        "db.password",
        "DB_PASSWORD2",
        "PGPASSWORD",
        "refreshToken",
        "Proxy-Authorization",
        "Set-Cookie",
        "passphrase",
        "pwd",
        "credentials"
      })
  void replacesTheValuesOfMapsByName(String name) {
    Object value =
        Map.of(
            "deep",
            List.of(
                Map.of(name, "s3cret a"),
                Map.of(name, List.of("s3cret a")),
                Map.of("name", name, "value", "s3cret a"),
                List.of(name, "s3cret a"),
                Map.of(name, Map.of("current", "s3cret a"))));

    assertThat(String.valueOf(scrubber.scrub(value, names)))
        .doesNotContain("s3cret")
        .contains("«secret:1»")
        .doesNotContain("«secret:2»");
  }

  @Test
  void keepsTextsThatOnlyDescribeSecrets() {
    Map<String, Object> value =
        Map.of(
            "max_tokens",
            100,
            "token_type",
            "bearer",
            "passwordPolicy",
            "long",
            "nextPageToken",
            "abc",
            "logprobs",
            List.of(Map.of("token", "Hello", "logprob", -0.1)),
            "properties",
            Map.of("password", Map.of("type", "string", "description", "yours")),
            "required",
            List.of("password", "email", "name"),
            "secret_name",
            "prod/db",
            "enabled",
            Map.of("token", true));

    assertThat(scrubber.scrub((Object) value, names)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "KEYCLOAK_REALM,production",
    "MONKEY_NAME,georgeson1",
    "KEYBOARD_LAYOUT,us-intl-1",
    "SECRETS_BACKEND,production",
    "SPRING_SECRET,production",
    "API_KEY,undefined",
    "SECRET_NAME,prod-db-1",
    "TOKEN_TTL,10000000",
    "TOKEN,aaaaaaaa1111",
    "SSH_KEY,/home/ada/.ssh/id_rsa",
  })
  void ignoresPlainWordsOfTheEnvironment(String variable, String value) {
    Scrubber own = new Scrubber(List.of(), false, Map.of(variable, value));

    assertThat(own.scrub("in " + value + ".", names)).isEqualTo("in " + value + ".");
  }

  @Test
  void replacesAWholeTextThatAPatternOfTheUserCannotJudge() {
    Scrubber own = new Scrubber(List.of("(a|b)*c"), false, Map.of());

    assertThat(own.scrub("ab".repeat(100_000), names)).isEqualTo("«secret:1»");
  }
}
