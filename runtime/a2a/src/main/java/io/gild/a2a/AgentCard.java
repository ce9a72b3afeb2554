package io.gild.a2a;

import io.gild.config.Experimental;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The description of an agent that its clients read first; immutable.
 *
 * @param name a name for people; not empty
 * @param description what the agent is for
 * @param version the version of the agent; not empty
 * @param interfaces where and how the agent is reached, the preferred one first
 * @param provider who runs the agent, or {@code null}
 * @param capabilities what the agent supports beyond plain requests
 * @param securitySchemes ways to authenticate, by name
 * @param security names of the schemes and their scopes; one entry of the list is enough
 * @param defaultInputModes media types that every skill accepts
 * @param defaultOutputModes media types that every skill answers with
 * @param skills what the agent can do
 * @param signatures signatures of the card
 * @param documentationUrl a page about the agent, or {@code null}
 * @param iconUrl a picture of the agent, or {@code null}
 */
@Experimental
public record AgentCard(
    String name,
    String description,
    String version,
    List<AgentInterface> interfaces,
    @Nullable AgentProvider provider,
    AgentCapabilities capabilities,
    Map<String, SecurityScheme> securitySchemes,
    List<Map<String, List<String>>> security,
    List<String> defaultInputModes,
    List<String> defaultOutputModes,
    List<AgentSkill> skills,
    List<AgentCardSignature> signatures,
    @Nullable String documentationUrl,
    @Nullable String iconUrl) {

  /** Checks and copies. */
  public AgentCard {
    A2aValues.notEmpty(name, "name");
    A2aValues.notEmpty(version, "version");
    interfaces = List.copyOf(interfaces);
    securitySchemes = Collections.unmodifiableMap(new LinkedHashMap<>(securitySchemes));
    security = security.stream().map(AgentSkill::copy).toList();
    defaultInputModes = List.copyOf(defaultInputModes);
    defaultOutputModes = List.copyOf(defaultOutputModes);
    skills = List.copyOf(skills);
    signatures = List.copyOf(signatures);
  }

  /**
   * Returns a builder.
   *
   * @param name a name for people
   * @param description what the agent is for
   * @return a builder of a card of version {@code 1.0.0} that accepts and answers texts, with
   *     streams and without push notifications
   */
  public static Builder builder(String name, String description) {
    return new Builder(name, description);
  }

  /**
   * Returns a builder that begins with this card.
   *
   * @return the builder
   */
  public Builder toBuilder() {
    Builder builder = new Builder(name, description);
    builder.version = version;
    builder.interfaces = interfaces;
    builder.provider = provider;
    builder.capabilities = capabilities;
    builder.securitySchemes = securitySchemes;
    builder.security = security;
    builder.inputModes = defaultInputModes;
    builder.outputModes = defaultOutputModes;
    builder.skills = skills;
    builder.signatures = signatures;
    builder.documentationUrl = documentationUrl;
    builder.iconUrl = iconUrl;
    return builder;
  }

  /** Sets the parts of a card. */
  public static final class Builder {

    private final String name;
    private final String description;
    private String version = "1.0.0";
    private List<AgentInterface> interfaces = List.of();
    private @Nullable AgentProvider provider;
    private AgentCapabilities capabilities = AgentCapabilities.streaming(true);
    private Map<String, SecurityScheme> securitySchemes = Map.of();
    private List<Map<String, List<String>>> security = List.of();
    private List<String> inputModes = List.of("text/plain");
    private List<String> outputModes = List.of("text/plain");
    private List<AgentSkill> skills = List.of();
    private List<AgentCardSignature> signatures = List.of();
    private @Nullable String documentationUrl;
    private @Nullable String iconUrl;

    private Builder(String name, String description) {
      this.name = name;
      this.description = description;
    }

    /**
     * Sets the version of the agent.
     *
     * @param value such as {@code 1.2.0}
     * @return this
     */
    public Builder version(String value) {
      version = value;
      return this;
    }

    /**
     * Sets where the agent is reached.
     *
     * @param values the preferred one first
     * @return this
     */
    public Builder interfaces(List<AgentInterface> values) {
      interfaces = values;
      return this;
    }

    /**
     * Sets who runs the agent.
     *
     * @param value the provider
     * @return this
     */
    public Builder provider(AgentProvider value) {
      provider = value;
      return this;
    }

    /**
     * Sets what the agent supports.
     *
     * @param value the capabilities
     * @return this
     */
    public Builder capabilities(AgentCapabilities value) {
      capabilities = value;
      return this;
    }

    /**
     * Sets how clients authenticate.
     *
     * @param schemes ways to authenticate, by name
     * @param requirements names of schemes and their scopes; one entry of the list is enough
     * @return this
     */
    public Builder security(
        Map<String, SecurityScheme> schemes, List<Map<String, List<String>>> requirements) {
      securitySchemes = schemes;
      security = requirements;
      return this;
    }

    /**
     * Sets the media types that every skill accepts.
     *
     * @param values such as {@code text/plain}
     * @return this
     */
    public Builder inputModes(String... values) {
      inputModes = List.of(values);
      return this;
    }

    /**
     * Sets the media types that every skill answers with.
     *
     * @param values such as {@code text/plain}
     * @return this
     */
    public Builder outputModes(String... values) {
      outputModes = List.of(values);
      return this;
    }

    /**
     * Sets what the agent can do.
     *
     * @param values the skills
     * @return this
     */
    public Builder skills(AgentSkill... values) {
      skills = List.of(values);
      return this;
    }

    /**
     * Sets the signatures.
     *
     * @param values the signatures
     * @return this
     */
    public Builder signatures(List<AgentCardSignature> values) {
      signatures = values;
      return this;
    }

    /**
     * Sets the page about the agent.
     *
     * @param value an address, or {@code null}
     * @return this
     */
    public Builder documentationUrl(@Nullable String value) {
      documentationUrl = value;
      return this;
    }

    /**
     * Sets the picture of the agent.
     *
     * @param value an address, or {@code null}
     * @return this
     */
    public Builder iconUrl(@Nullable String value) {
      iconUrl = value;
      return this;
    }

    /**
     * Creates the card.
     *
     * @return the card
     */
    public AgentCard build() {
      return new AgentCard(
          name,
          description,
          version,
          interfaces,
          provider,
          capabilities,
          securitySchemes,
          security,
          inputModes,
          outputModes,
          skills,
          signatures,
          documentationUrl,
          iconUrl);
    }
  }
}
