package io.gild.console;

import io.gild.core.ContentCaptured;
import io.gild.core.GildLog;
import io.gild.core.GildRuntime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The console of a runtime, as its settings ask for it. */
final class JvmConsole implements AutoCloseable {

  /** Of prompts and answers; the default cap of an attribute lets some 250 long calls in. */
  private static final long CONTENT_BYTES = 4L << 20;

  private final GildRuntime runtime;
  private final CallRecorder recorder;
  private final RunningCalls running;
  private final AutoCloseable content;
  private final ConsoleServer server;
  private final ConsoleFile file;

  private JvmConsole(
      GildRuntime runtime,
      CallRecorder recorder,
      RunningCalls running,
      AutoCloseable content,
      ConsoleServer server,
      ConsoleFile file) {
    this.runtime = runtime;
    this.recorder = recorder;
    this.running = running;
    this.content = content;
    this.server = server;
    this.file = file;
  }

  /** Starts the console of a runtime; a problem is one line in the log, and there is none. */
  static @Nullable JvmConsole start(GildRuntime runtime, ConsoleSettings settings) {
    try {
      return open(runtime, settings);
    } catch (LinkageError absent) {
      GildLog.info(
          "The console needs the JDK's module jdk.httpserver, which this JVM does not have; add it"
              + " with --add-modules jdk.httpserver ("
              + absent.getMessage()
              + ").");
    } catch (IOException | RuntimeException refused) {
      GildLog.info(
          "The console cannot start on port %s of %s: %s. Set console.port to a free port, or to 0"
                  .formatted(settings.port(), settings.address(), reason(refused))
              + " for any.");
    }
    return null;
  }

  private static JvmConsole open(GildRuntime runtime, ConsoleSettings settings) throws IOException {
    Integer port = settings.port();
    InetAddress address = InetAddress.getByName(settings.address());
    String token = token(settings.tokenFile());
    RunningCalls running = new RunningCalls(runtime);
    KeptContent kept = new KeptContent(CONTENT_BYTES);
    CallRecorder recorder = new CallRecorder(runtime.clock(), settings.records(), running);
    ConsoleServer server =
        ConsoleServer.start(
            new InetSocketAddress(address, port == null ? 0 : port),
            settings.clients(),
            token,
            settings.requireToken() || settings.tokenFile() != null,
            bound ->
                clients ->
                    new JvmSource(
                        runtime,
                        JvmIdentity.present(bound),
                        recorder,
                        running,
                        kept,
                        settings.actions(),
                        clients));
    ConsoleFile file;
    try {
      file = ConsoleFile.write(runtime.settings().data(), server.port(), token);
    } catch (IOException | RuntimeException notWritten) {
      server.close();
      throw new IOException(
          "its file in the data folder cannot be written: " + notWritten.getMessage(), notWritten);
    }
    AutoCloseable content = runtime.events().subscribe(ContentCaptured.class, kept::add);
    runtime.addListener(recorder);
    GildLog.info("The console is " + server.url() + " and records the newest calls in memory.");
    return new JvmConsole(runtime, recorder, running, content, server, file);
  }

  private static String reason(Exception refused) {
    String message = refused.getMessage();
    return refused instanceof FileSystemException
        ? refused.getClass().getSimpleName() + " " + message
        : String.valueOf(message);
  }

  private static String token(@Nullable Path tokenFile) throws IOException {
    if (tokenFile == null) {
      return ConsoleFile.randomToken();
    }
    String token = Files.readString(tokenFile).strip();
    if (token.isEmpty()) {
      throw new IOException(tokenFile + " must hold a token, but is empty");
    }
    return token;
  }

  /** Returns the address of the page on this machine, with the token if one is needed. */
  String url() {
    return server.url();
  }

  CallRecorder recorder() {
    return recorder;
  }

  @Override
  public void close() {
    runtime.removeListener(recorder);
    running.rest();
    try {
      content.close();
    } catch (Exception fault) {
      GildLog.faultOnce("Closing the console's view of content", fault);
    }
    file.close();
    server.close();
  }
}
