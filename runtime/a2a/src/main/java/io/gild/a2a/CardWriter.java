package io.gild.a2a;

import static io.gild.a2a.A2aWriter.putList;
import static io.gild.a2a.A2aWriter.putObject;
import static io.gild.a2a.A2aWriter.putText;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes cards. */
final class CardWriter {

  /** What version 1.0 puts around a security scheme. */
  static final List<String> SCHEMES =
      List.of(
          "apiKeySecurityScheme",
          "httpAuthSecurityScheme",
          "oauth2SecurityScheme",
          "openIdConnectSecurityScheme",
          "mtlsSecurityScheme");

  private CardWriter() {}

  /** Writes a card; one for clients of 0.3, too, needs an interface that speaks 0.3. */
  static Map<String, Object> card(AgentCard card, boolean both) {
    boolean old = both && card.interfaces().stream().anyMatch(CardWriter::isOld);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", card.name());
    json.put("description", card.description());
    json.put("version", card.version());
    json.put("supportedInterfaces", card.interfaces().stream().map(CardWriter::address).toList());
    if (card.provider() != null) {
      json.put("provider", provider(card.provider()));
    }
    json.put("capabilities", capabilities(card.capabilities()));
    Map<String, Object> schemes = new LinkedHashMap<>();
    card.securitySchemes().forEach((name, each) -> schemes.put(name, scheme(each, old)));
    putObject(json, "securitySchemes", schemes);
    putList(
        json,
        "securityRequirements",
        card.security().stream().map(CardWriter::requirement).toList());
    json.put("defaultInputModes", card.defaultInputModes());
    json.put("defaultOutputModes", card.defaultOutputModes());
    json.put("skills", card.skills().stream().map(each -> skill(each, old)).toList());
    putList(json, "signatures", card.signatures().stream().map(CardWriter::signature).toList());
    putText(json, "documentationUrl", card.documentationUrl());
    putText(json, "iconUrl", card.iconUrl());
    if (old) {
      putOld(json, card);
    }
    return json;
  }

  private static boolean isOld(AgentInterface each) {
    return each.protocolVersion().startsWith(A2aVersion.V0_3.text());
  }

  private static void putOld(Map<String, Object> json, AgentCard card) {
    List<AgentInterface> spoken = card.interfaces().stream().filter(CardWriter::isOld).toList();
    json.put("protocolVersion", spoken.get(0).protocolVersion() + ".0");
    json.put("url", spoken.get(0).url());
    json.put("preferredTransport", spoken.get(0).binding());
    putList(
        json,
        "additionalInterfaces",
        spoken.stream()
            .map(each -> Map.of("url", each.url(), "transport", each.binding()))
            .toList());
    putList(json, "security", card.security());
    if (card.capabilities().extendedAgentCard()) {
      json.put("supportsAuthenticatedExtendedCard", true);
    }
  }

  private static Map<String, Object> address(AgentInterface each) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("url", each.url());
    json.put("protocolBinding", each.binding());
    putText(json, "tenant", each.tenant());
    json.put("protocolVersion", each.protocolVersion());
    return json;
  }

  private static Map<String, Object> provider(AgentProvider provider) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("organization", provider.organization());
    json.put("url", provider.url());
    return json;
  }

  private static Map<String, Object> capabilities(AgentCapabilities capabilities) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("streaming", capabilities.streaming());
    json.put("pushNotifications", capabilities.pushNotifications());
    json.put("extendedAgentCard", capabilities.extendedAgentCard());
    putList(
        json, "extensions", capabilities.extensions().stream().map(CardWriter::extension).toList());
    return json;
  }

  private static Map<String, Object> extension(AgentCapabilities.Extension extension) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("uri", extension.uri());
    putText(json, "description", extension.description());
    if (extension.required()) {
      json.put("required", true);
    }
    putObject(json, "params", extension.params());
    return json;
  }

  private static Map<String, Object> skill(AgentSkill skill, boolean old) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", skill.id());
    json.put("name", skill.name());
    json.put("description", skill.description());
    json.put("tags", skill.tags());
    putList(json, "examples", skill.examples());
    putList(json, "inputModes", skill.inputModes());
    putList(json, "outputModes", skill.outputModes());
    putList(
        json,
        "securityRequirements",
        skill.security().stream().map(CardWriter::requirement).toList());
    if (old) {
      putList(json, "security", skill.security());
    }
    return json;
  }

  private static Map<String, Object> requirement(Map<String, List<String>> scopes) {
    Map<String, Object> schemes = new LinkedHashMap<>();
    scopes.forEach(
        (name, list) -> schemes.put(name, list.isEmpty() ? Map.of() : Map.of("list", list)));
    return Map.of("schemes", schemes);
  }

  private static Map<String, Object> signature(AgentCardSignature signature) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("protected", signature.protectedHeader());
    json.put("signature", signature.signature());
    putObject(json, "header", signature.header());
    return json;
  }

  /** Writes a scheme of 1.0 and, beside it for 0.3, the fields that this version has. */
  private static Map<String, Object> scheme(SecurityScheme scheme, boolean old) {
    Map<String, Object> inner = new LinkedHashMap<>();
    String wrapper;
    String type;
    if (scheme instanceof SecurityScheme.ApiKey key) {
      wrapper = SCHEMES.get(0);
      type = "apiKey";
      inner.put("location", key.location());
      inner.put("name", key.name());
    } else if (scheme instanceof SecurityScheme.Http http) {
      wrapper = SCHEMES.get(1);
      type = "http";
      inner.put("scheme", http.scheme());
      putText(inner, "bearerFormat", http.bearerFormat());
    } else if (scheme instanceof SecurityScheme.OAuth2 oauth) {
      wrapper = SCHEMES.get(2);
      type = "oauth2";
      inner.put("flows", oauth.flows());
      putText(inner, "oauth2MetadataUrl", oauth.metadataUrl());
    } else if (scheme instanceof SecurityScheme.OpenIdConnect connect) {
      wrapper = SCHEMES.get(3);
      type = "openIdConnect";
      inner.put("openIdConnectUrl", connect.url());
    } else if (scheme instanceof SecurityScheme.MutualTls) {
      wrapper = SCHEMES.get(4);
      type = "mutualTLS";
    } else {
      return ((SecurityScheme.Other) scheme).json();
    }
    putText(inner, "description", scheme.description());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(wrapper, inner);
    if (old) {
      json.put("type", type);
      json.putAll(inner);
      if (inner.containsKey("location")) {
        json.put("in", inner.get("location"));
      }
    }
    return json;
  }
}
