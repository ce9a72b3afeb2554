package io.gild.a2a;

import io.gild.config.Experimental;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A result of a task; immutable.
 *
 * @param artifactId identifies the artifact in its task; not empty
 * @param name a name for people, or {@code null}
 * @param description a description for people, or {@code null}
 * @param parts the content; at least one
 * @param metadata JSON
 * @param extensions URIs of the extensions that the artifact uses
 */
@Experimental
public record A2aArtifact(
    String artifactId,
    @Nullable String name,
    @Nullable String description,
    List<A2aPart> parts,
    Map<String, Object> metadata,
    List<String> extensions) {

  /** Checks and copies. */
  public A2aArtifact {
    A2aValues.notEmpty(artifactId, "artifactId");
    name = A2aValues.textOrNull(name);
    description = A2aValues.textOrNull(description);
    parts = A2aValues.notEmpty(parts, "parts");
    metadata = A2aValues.object(metadata);
    extensions = List.copyOf(extensions);
  }

  /**
   * Creates an artifact with a new id.
   *
   * @param parts the content; at least one
   * @return the artifact, without a name
   */
  public static A2aArtifact of(A2aPart... parts) {
    return of(UUID.randomUUID().toString(), List.of(parts));
  }

  /**
   * Creates an artifact.
   *
   * @param artifactId the id
   * @param parts the content; at least one
   * @return the artifact, without a name
   */
  public static A2aArtifact of(String artifactId, List<A2aPart> parts) {
    return new A2aArtifact(artifactId, null, null, parts, Map.of(), List.of());
  }

  /**
   * Returns the texts of the parts that are texts.
   *
   * @return the texts, joined by line feeds; may be empty
   */
  public String text() {
    return A2aMessage.textOf(parts);
  }

  /**
   * Returns this artifact with the content of a chunk behind its own.
   *
   * @param chunk a chunk of the same artifact
   * @return the artifact; the chunk's metadata replaces that of the same name
   */
  public A2aArtifact plus(A2aArtifact chunk) {
    List<A2aPart> all = new ArrayList<>(parts);
    all.addAll(chunk.parts);
    Map<String, Object> merged = new LinkedHashMap<>(metadata);
    merged.putAll(chunk.metadata);
    return new A2aArtifact(artifactId, name, description, all, merged, extensions);
  }
}
