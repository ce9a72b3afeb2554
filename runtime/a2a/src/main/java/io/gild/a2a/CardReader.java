package io.gild.a2a;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads cards of either version. */
final class CardReader {

  private CardReader() {}

  static AgentCard card(A2aFields json) {
    return json.checked(fields -> {
      A2aFields provider = fields.fieldsOrNull("provider");
      return new AgentCard(
          fields.text("name"),
          fields.text("description", ""),
          fields.text("version", "0"),
          interfaces(fields),
          provider == null ? null : provider(provider),
          capabilities(fields),
          schemes(fields),
          security(fields),
          fields.texts("defaultInputModes"),
          fields.texts("defaultOutputModes"),
          fields.list("skills", CardReader::skill),
          fields.list("signatures", CardReader::signature),
          fields.textOrNull("documentationUrl"),
          fields.textOrNull("iconUrl"));
    });
  }

  private static List<AgentInterface> interfaces(A2aFields card) {
    if (!card.list("supportedInterfaces").isEmpty()) {
      return card.list(
          "supportedInterfaces",
          fields ->
              fields.checked(each ->
                  new AgentInterface(
                      each.text("url"),
                      each.text("protocolBinding", AgentInterface.JSON_RPC),
                      each.text("protocolVersion", A2aVersion.V1_0.text()),
                      each.textOrNull("tenant"))));
    }
    return oldInterfaces(card);
  }

  /** Version 0.3 has one address, and others beside it. */
  private static List<AgentInterface> oldInterfaces(A2aFields card) {
    String version = card.text("protocolVersion", A2aVersion.V0_3.text());
    List<AgentInterface> all = new ArrayList<>();
    if (card.textOrNull("url") != null) {
      all.add(
          new AgentInterface(
              card.text("url"),
              card.text("preferredTransport", AgentInterface.JSON_RPC),
              version,
              null));
    }
    for (AgentInterface more :
        card.list(
            "additionalInterfaces",
            each ->
                new AgentInterface(
                    each.text("url"),
                    each.text("transport", AgentInterface.JSON_RPC),
                    version,
                    null))) {
      if (!all.contains(more)) {
        all.add(more);
      }
    }
    return all;
  }

  private static AgentProvider provider(A2aFields json) {
    return new AgentProvider(json.text("organization", ""), json.text("url", ""));
  }

  private static AgentCapabilities capabilities(A2aFields card) {
    boolean extended = card.flag("supportsAuthenticatedExtendedCard", false);
    A2aFields json = card.fieldsOrNull("capabilities");
    if (json == null) {
      return new AgentCapabilities(false, false, extended, List.of());
    }
    return new AgentCapabilities(
        json.flag("streaming", false),
        json.flag("pushNotifications", false),
        json.flag("extendedAgentCard", extended),
        json.list("extensions", CardReader::extension));
  }

  private static AgentCapabilities.Extension extension(A2aFields json) {
    return json.checked(fields ->
        new AgentCapabilities.Extension(
            fields.text("uri"),
            fields.textOrNull("description"),
            fields.flag("required", false),
            fields.object("params")));
  }

  private static AgentSkill skill(A2aFields json) {
    return json.checked(fields ->
        new AgentSkill(
            fields.text("id"),
            fields.text("name", fields.text("id")),
            fields.text("description", ""),
            fields.texts("tags"),
            fields.texts("examples"),
            fields.texts("inputModes"),
            fields.texts("outputModes"),
            security(fields)));
  }

  private static AgentCardSignature signature(A2aFields json) {
    return json.checked(fields ->
        new AgentCardSignature(
            fields.text("protected"), fields.text("signature"), fields.object("header")));
  }

  /** Reads {@code securityRequirements} of 1.0, or {@code security} of 0.3. */
  private static List<Map<String, List<String>>> security(A2aFields json) {
    if (!json.list("securityRequirements").isEmpty()) {
      return json.list(
          "securityRequirements",
          each -> {
            A2aFields schemes = each.fieldsOrNull("schemes");
            return schemes == null ? scopes(each) : scopes(schemes);
          });
    }
    return json.list("security", CardReader::scopes);
  }

  private static Map<String, List<String>> scopes(A2aFields json) {
    Map<String, List<String>> scopes = new LinkedHashMap<>();
    for (Object name : json.json().keySet()) {
      String scheme = String.valueOf(name);
      Object value = json.json().get(name);
      scopes.put(
          scheme,
          value instanceof Map<?, ?>
              ? json.fields(scheme).texts("list")
              : value == null ? List.of() : json.texts(scheme));
    }
    return scopes;
  }

  private static Map<String, SecurityScheme> schemes(A2aFields card) {
    Map<String, SecurityScheme> schemes = new LinkedHashMap<>();
    A2aFields all = card.fieldsOrNull("securitySchemes");
    if (all != null) {
      for (Object name : all.json().keySet()) {
        String key = String.valueOf(name);
        A2aFields scheme = all.fieldsOrNull(key);
        if (scheme != null) {
          schemes.put(key, scheme.checked(CardReader::scheme));
        }
      }
    }
    return schemes;
  }

  private static SecurityScheme scheme(A2aFields json) {
    for (String wrapper : CardWriter.SCHEMES) {
      A2aFields inner = json.fieldsOrNull(wrapper);
      if (inner != null) {
        return scheme(wrapper, inner, json);
      }
    }
    return scheme(wrapperOf(json.text("type", "")), json, json);
  }

  private static String wrapperOf(String type) {
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "apikey" -> "apiKeySecurityScheme";
      case "http" -> "httpAuthSecurityScheme";
      case "oauth2" -> "oauth2SecurityScheme";
      case "openidconnect" -> "openIdConnectSecurityScheme";
      case "mutualtls" -> "mtlsSecurityScheme";
      default -> "";
    };
  }

  private static SecurityScheme scheme(String wrapper, A2aFields inner, A2aFields whole) {
    @Nullable String description = inner.textOrNull("description");
    return switch (wrapper) {
      case "apiKeySecurityScheme" ->
          new SecurityScheme.ApiKey(
              inner.text("location", inner.text("in", "header")), inner.text("name"), description);
      case "httpAuthSecurityScheme" ->
          new SecurityScheme.Http(
              inner.text("scheme"), inner.textOrNull("bearerFormat"), description);
      case "oauth2SecurityScheme" ->
          new SecurityScheme.OAuth2(
              inner.object("flows"), inner.textOrNull("oauth2MetadataUrl"), description);
      case "openIdConnectSecurityScheme" ->
          new SecurityScheme.OpenIdConnect(inner.text("openIdConnectUrl"), description);
      case "mtlsSecurityScheme" -> new SecurityScheme.MutualTls(description);
      default -> {
        Map<String, Object> copy = new LinkedHashMap<>();
        whole.json().forEach((key, value) -> copy.put(String.valueOf(key), value));
        yield new SecurityScheme.Other(copy);
      }
    };
  }
}
