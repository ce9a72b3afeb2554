package io.gild.observability;

import io.gild.config.Experimental;
import io.gild.config.Section;

/**
 * The spans of requests of the Model Context Protocol.
 *
 * @param mcpPropagation whether clients write the trace into {@code params._meta}, and servers
 *     continue the one that they find there
 */
@Experimental
public record McpSettings(boolean mcpPropagation) {

  /** The part of the section {@code observability} that is about MCP. */
  public static final Section<McpSettings> SECTION = Section.of("observability", McpSettings.class);
}
