package io.gild.cli;

import io.gild.memory.AgentMemory;
import io.gild.memory.SessionKey;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Forgets a memory, a session, a user or a tenant. */
@Command(
    name = "forget",
    description =
        "Forgets a memory, a session, a user or a tenant: no byte of them stays in the store.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class MemoryForgetCommand implements Callable<Integer> {

  @Mixin private MemoryOptions memory;

  @ArgGroup(multiplicity = "1")
  private What what;

  /** What is forgotten. */
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  private static final class What {

    @Option(names = "--id", paramLabel = "ID", description = "this memory")
    private @Nullable String id;

    @Option(
        names = "--session",
        paramLabel = "ID",
        description = "the sessions with this id, of all agents, and what was remembered of them")
    private @Nullable String session;

    @Option(
        names = "--user",
        paramLabel = "NAME",
        description = "memories, experiences and sessions of this user")
    private @Nullable String user;

    @Option(names = "--everything", description = "all memories and sessions of the tenant")
    private boolean everything;
  }

  @Override
  public Integer call() throws IOException {
    return memory.writing(this::forget);
  }

  private int forget(AgentMemory found) {
    int forgotten = number(found);
    memory
        .out()
        .println(
            forgotten == 1
                ? "1 memory or session is forgotten."
                : forgotten + " memories and sessions are forgotten.");
    return forgotten == 0 ? 1 : 0;
  }

  private int number(AgentMemory found) {
    String tenant = memory.tenant();
    if (what.id != null) {
      return found.memories().forget(tenant, what.id);
    }
    if (what.user != null) {
      return found.forgetUser(tenant, what.user);
    }
    String session = what.session == null ? "" : what.session;
    int forgotten =
        what.everything
            ? found.memories().forgetTenant(tenant)
            : found.memories().forgetSession(tenant, session);
    for (SessionKey key : found.sessions().store().sessions(tenant)) {
      if ((what.everything || key.session().equals(session))
          && found.sessions().store().delete(key)) {
        forgotten++;
      }
    }
    return forgotten;
  }
}
