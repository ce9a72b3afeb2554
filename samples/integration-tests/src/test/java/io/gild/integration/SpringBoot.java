package io.gild.integration;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Spring Boot application of the samples, run from its executable jar. */
final class SpringBoot implements AutoCloseable {

  private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");

  private final Process process;
  private final Path errors;
  private final BufferedReader out;
  private final HttpClient client = HttpClient.newHttpClient();
  private final int port;

  private SpringBoot(Process process, Path errors) throws IOException {
    this.process = process;
    this.errors = errors;
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.port = awaitPort();
  }

  /**
   * Starts the application and waits for its port.
   *
   * @param jdk runs it
   * @param provider the provider of its model
   * @param flags options of the JVM
   * @param arguments options of Spring Boot
   * @return the application
   */
  static SpringBoot start(Jdk jdk, String provider, List<String> flags, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(jdk.java()));
    command.addAll(flags);
    command.addAll(List.of("-jar", System.getProperty("gild.spring.jar"), "--server.port=0"));
    command.add("--logging.level.org.springframework.boot.tomcat=info");
    command.addAll(List.of(arguments));
    Path errors = Files.createTempFile("spring", ".err");
    errors.toFile().deleteOnExit();
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().put("OPENAI_BASE_URL", provider);
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    return new SpringBoot(builder.start(), errors);
  }

  private int awaitPort() throws IOException {
    Matcher started = STARTED.matcher(awaitLine(STARTED));
    return started.find() ? Integer.parseInt(started.group(1)) : -1;
  }

  /** Returns the next line of standard output in which a pattern is found. */
  String awaitLine(Pattern pattern) throws IOException {
    StringBuilder printed = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      printed.append(line).append('\n');
      if (pattern.matcher(line).find()) {
        return line;
      }
    }
    throw new IllegalStateException(printed + Files.readString(errors));
  }

  String pid() {
    return String.valueOf(process.pid());
  }

  /** Requests one of the application's pages and returns its body. */
  String ask(String page, String question) throws Exception {
    String query = "?question=" + URLEncoder.encode(question, StandardCharsets.UTF_8);
    URI uri = URI.create("http://127.0.0.1:" + port + "/" + page + query);
    return client
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  /** Stops the application like a process manager, and returns its standard error. */
  List<String> end() throws Exception {
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the application does not end");
    }
    return Files.readAllLines(errors);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
