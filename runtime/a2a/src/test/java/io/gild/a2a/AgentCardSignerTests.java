package io.gild.a2a;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.Json;
import java.math.BigDecimal;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AgentCardSignerTests {

  private static final AgentCard CARD =
      AgentCard.builder("Echo", "")
          .interfaces(
              List.of(AgentInterface.of("https://h", AgentInterface.JSON_RPC, A2aVersion.V1_0)))
          .skills(AgentSkill.of("s", "S", "a skill", "tag"))
          .build();

  private static KeyPair keys(AgentCardSigner.Algorithm algorithm) throws Exception {
    if (algorithm == AgentCardSigner.Algorithm.RS256) {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2_048);
      return generator.generateKeyPair();
    }
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  @ParameterizedTest
  @EnumSource(AgentCardSigner.Algorithm.class)
  void verifiesWhatItHasSigned(AgentCardSigner.Algorithm algorithm) throws Exception {
    KeyPair keys = keys(algorithm);
    AgentCardSigner signer =
        new AgentCardSigner(algorithm, keys.getPrivate(), "k1", "https://h/keys.json");
    Map<?, ?> signed = (Map<?, ?>) Json.read(Json.pretty(A2aJson.writeCard(signer.sign(CARD))));

    assertThat(AgentCardSigner.isSigned(signed, "k1", keys.getPublic())).isTrue();
    assertThat(AgentCardSigner.isSigned(signed, "k2", keys.getPublic())).isFalse();
    assertThat(AgentCardSigner.isSigned(signed, "k1", keys(algorithm).getPublic())).isFalse();
    assertThat(AgentCardSigner.header(A2aJson.card(signed).signatures().get(0)))
        .isEqualTo(
            Map.of(
                "alg", algorithm.name(), "typ", "JOSE", "kid", "k1", "jku", "https://h/keys.json"));
    Map<Object, Object> changed = new LinkedHashMap<>(signed);
    changed.put("name", "Echo 2");
    assertThat(AgentCardSigner.isSigned(changed, "k1", keys.getPublic())).isFalse();
    changed = new LinkedHashMap<>(signed);
    changed.put("added", "unknown field");
    assertThat(AgentCardSigner.isSigned(changed, "k1", keys.getPublic())).isFalse();
  }

  @Test
  void keepsEarlierSignatures() throws Exception {
    KeyPair old = keys(AgentCardSigner.Algorithm.RS256);
    KeyPair fresh = keys(AgentCardSigner.Algorithm.ES256);
    AgentCard once =
        new AgentCardSigner(AgentCardSigner.Algorithm.RS256, old.getPrivate(), "old", null)
            .sign(CARD);
    AgentCard twice =
        new AgentCardSigner(AgentCardSigner.Algorithm.ES256, fresh.getPrivate(), "new", null)
            .sign(once);
    Map<String, Object> json = A2aJson.writeCard(twice);

    assertThat(AgentCardSigner.isSigned(json, "old", old.getPublic())).isTrue();
    assertThat(AgentCardSigner.isSigned(json, "new", fresh.getPublic())).isTrue();
  }

  @Test
  void rejectsAKeyOfAnotherType() throws Exception {
    KeyPair keys = keys(AgentCardSigner.Algorithm.ES256);

    assertThatThrownBy(() ->
            new AgentCardSigner(AgentCardSigner.Algorithm.RS256, keys.getPrivate(), "k", null))
        .hasMessage("the key for RS256 must be of type RSA, but is of type EC");
  }

  /** The example of the specification, section 8.4.1. */
  @Test
  void leavesDefaultsOutAsTheSpecificationDoes() {
    Map<?, ?> card =
        (Map<?, ?>)
            Json.read(
                """
                {"name": "Example Agent", "description": "",
                 "capabilities": {"streaming": false, "pushNotifications": false, "extensions": []},
                 "skills": [], "signatures": [{}]}
                """);

    assertThat(CardPayload.of(card))
        .isEqualTo(
            "{\"capabilities\":{\"pushNotifications\":false,\"streaming\":false},"
                + "\"description\":\"\",\"name\":\"Example Agent\",\"skills\":[]}");
  }

  /** From appendix B of RFC 8785, and its neighbours. */
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "1, 1",
    "1.0, 1",
    "4.50, 4.5",
    "2e-3, 0.002",
    "333333333.33333329, 333333333.3333333",
    "1E30, 1e+30",
    "0.000000000000000000000000001, 1e-27",
    "5e-324, 5e-324",
    "1.7976931348623157e308, 1.7976931348623157e+308",
    "9007199254740992, 9007199254740992",
    "295147905179352830000, 295147905179352830000",
    "1e21, 1e+21",
    "0.000001, 0.000001",
    "0.0000001, 1e-7",
    "-1.5e-9, -1.5e-9"
  })
  void writesNumbersAsEcmaScriptDoes(String number, String expected) {
    assertThat(CanonicalJson.number(new BigDecimal(number))).isEqualTo(expected);
  }

  @Test
  void ordersNamesAndEscapesAsRfc8785Does() {
    Object value = Json.read("{\"b\":[1,null,true],\"\\u20ac\":\"\\u000f\\n/\\\"\",\"a\":{}}");

    assertThat(CanonicalJson.write(value))
        .isEqualTo("{\"a\":{},\"b\":[1,null,true],\"€\":\"\\u000f\\n/\\\"\"}");
  }
}
