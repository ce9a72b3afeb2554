package io.gild.cli;

import io.gild.core.AgentRegistry;
import io.gild.core.GildRuntime;
import io.gild.core.MethodSpec;
import io.gild.golden.DeclaredAgent;
import io.gild.memory.AgentMemory;
import io.gild.recording.Cassette;
import io.gild.twin.TwinException;
import io.gild.twin.TwinSnapshot;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The sources of a twin in addition to the data of the application. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TwinSources {

  @Option(
      names = {"--classpath", "-cp"},
      paramLabel = "PATH",
      description = "the application's classes, for its methods; they are read, not run")
  private @Nullable String classPath;

  @Option(
      names = "--cassette",
      paramLabel = "FILE",
      description = "a cassette of gild record, for models, methods and versions of prompts")
  private @Nullable Path cassette;

  @Option(
      names = "--call-log",
      paramLabel = "FILE",
      description = "the application's log of calls, for figures (observability.call-log)")
  private @Nullable Path callLog;

  @Option(
      names = "--prompts",
      description = "keep the prompts themselves, and not only their SHA-256")
  private boolean prompts;

  /** Returns the agent as it is. */
  TwinSnapshot snapshot(String agent, GildRuntime runtime, AgentMemory memory) throws IOException {
    TwinSnapshot.Builder builder =
        TwinSnapshot.builder(agent, runtime.settings()).memory(memory, false);
    String path = classPath;
    if (path != null) {
      builder.methods(methods(path));
    }
    Path recorded = cassette;
    if (recorded != null) {
      builder.cassette(read(recorded), prompts);
    }
    Path log = callLog;
    if (log != null) {
      builder.callLog(log);
    }
    return builder.build();
  }

  static Cassette read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new TwinException("no cassette " + file + "; gild record writes one");
    }
    return Cassette.read(file.toString(), Files.readString(file));
  }

  private static List<MethodSpec> methods(String classPath) throws IOException {
    List<Path> entries = new ArrayList<>();
    List<URL> urls = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator)) {
      Path path = Path.of(entry);
      if (!Files.exists(path)) {
        throw new TwinException("--classpath names " + entry + ", which does not exist");
      }
      entries.add(path);
      urls.add(path.toUri().toURL());
    }
    List<MethodSpec> methods = new ArrayList<>();
    try (URLClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new), null)) {
      for (DeclaredAgent agent : ClassPathAgents.declared(entries)) {
        methods.addAll(AgentRegistry.read(loader, agent.type()));
      }
    }
    return methods;
  }
}
