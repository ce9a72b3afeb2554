package io.gild.observability;

import io.gild.config.Experimental;
import io.gild.config.Section;

/**
 * The ids in the log lines that the application itself writes.
 *
 * @param logContext whether log lines get the ids of their call
 * @param logContextMdc whether, without a javaagent, SLF4J's MDC has the ids during a call
 * @param logContextSession whether they get the session, too
 * @param logContextTenant whether they get the tenant, too
 * @param logContextJul whether a javaagent appends the ids to messages of java.util.logging, whose
 *     records have no other place for them; read once, at the first governed call
 */
@Experimental
public record LogContextSettings(
    boolean logContext,
    boolean logContextMdc,
    boolean logContextSession,
    boolean logContextTenant,
    boolean logContextJul) {

  /** The part of the section {@code observability} that is about log lines. */
  public static final Section<LogContextSettings> SECTION =
      Section.of("observability", LogContextSettings.class);
}
