package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.child.ClassFiles;
import com.sun.tools.attach.VirtualMachine;
import io.gild.javaagent.Attach;
import io.gild.testkit.Faults;
import io.gild.testkit.ModelProvider;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A detached agent leaves nothing in its JVM. */
class DetachTests {

  private static final String GOVERNED =
      """
      mode: enforce
      tiers:
        small: {model: cheap-model}
        large: {model: own-model}
      agents:
        - match: com.acme.child.ModelDesk#answer
          name: desk
          route: {strategy: fixed, tiers: [small]}
          time-limit: {timeout-duration: 20s}
      """;

  private static final Set<String> WOVEN =
      Set.of(
          "com.acme.child.ModelDesk",
          "dev.langchain4j.model.chat.ChatModel",
          "jdk.internal.net.http.Http1Request",
          "java.util.concurrent.ThreadPoolExecutor");

  static List<Jdk> jdks() {
    return Jdk.all();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void restoresEveryClass(Jdk jdk) throws Exception {
    Path folder = Files.createTempDirectory("classes");
    try (ModelProvider provider = ModelProvider.builder().start();
        Child child = child(jdk, provider)) {
      assertThat(child.ask("chat one")).isEqualTo("[own-model] one");
      assertThat(child.ask("pool submit")).isNotNull();
      // The JVM writes a class file for the first time in the compiler's order.
      writeClassFiles(child, folder.resolve("first"));
      writeClassFiles(child, folder.resolve("before"));
      writeClassFiles(child, folder.resolve("untouched"));

      Attach.attach(child.pid(), "config=" + ConfigFile.of(GOVERNED));
      assertThat(child.ask("chat two")).isEqualTo("[cheap-model] two");
      writeClassFiles(child, folder.resolve("governed"));

      Attach.attach(child.pid(), "detach");
      assertThat(child.ask("chat three")).isEqualTo("[own-model] three");
      writeClassFiles(child, folder.resolve("after"));
      child.end();

      assertThat(changed(folder, "governed", WOVEN::contains)).isEqualTo(WOVEN);
      Set<String> ofTheJvm = changed(folder, "untouched", name -> true);
      Set<String> after = changed(folder, "after", name -> isOther(folder, name));
      assertThat(after).isSubsetOf(ofTheJvm);
      assertThat(ofTheJvm).as("classes that the JVM itself writes differently").hasSizeLessThan(10);
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void leavesNoFrameOnLaterStackTraces(Jdk jdk) throws Exception {
    try (ModelProvider provider = ModelProvider.builder().faults(Faults.rate(1)).start();
        Child child = child(jdk, provider)) {
      Attach.attach(child.pid(), "config=" + ConfigFile.of(GOVERNED));
      assertThat(child.ask("frames one")).contains("io.gild.");

      Attach.attach(child.pid(), "detach");
      assertThat(child.ask("frames two"))
          .contains("OpenAiChatModel")
          .doesNotContainIgnoringCase("gild");
      child.end();
    }
  }

  private static Child child(Jdk jdk, ModelProvider provider) throws IOException {
    return Child.on(jdk)
        .flags("-XX:+EnableDynamicAgentLoading")
        .provider(provider.openAiBaseUrl())
        .start();
  }

  /** Attaches again each time: an agent sees the changes of earlier agents. */
  private static void writeClassFiles(Child child, Path folder) throws Exception {
    VirtualMachine machine = VirtualMachine.attach(child.pid());
    try {
      machine.loadAgent(classFileWriter().toString(), folder.toString());
    } finally {
      machine.detach();
    }
  }

  /** Packs the test's own agent. */
  private static Path classFileWriter() throws IOException {
    Manifest manifest = new Manifest();
    Attributes entries = manifest.getMainAttributes();
    entries.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    entries.putValue("Agent-Class", ClassFiles.class.getName());
    entries.putValue("Can-Retransform-Classes", "true");
    Path jar = Files.createTempFile("class-files", ".jar");
    jar.toFile().deleteOnExit();
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entry = new JarOutputStream(out, manifest)) {
      entry.putNextEntry(new ZipEntry("META-INF/empty"));
    }
    return jar;
  }

  /**
   * Names the earlier classes that have different code now. The JVM writes its class files again,
   * with members and constants in another order, so only their content is compared.
   */
  private static Set<String> changed(Path folder, String now, Predicate<String> looked)
      throws IOException {
    List<Path> before = new ArrayList<>();
    List<Path> after = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder.resolve("before"))) {
      for (Path file : files.sorted().toList()) {
        Path other = folder.resolve(now).resolve(file.getFileName());
        if (Files.exists(other)
            && looked.test(className(file))
            && Files.mismatch(file, other) >= 0) {
          before.add(file);
          after.add(other);
        }
      }
    }
    Map<String, List<String>> then = code(before);
    Set<String> changed = new TreeSet<>();
    code(after)
        .forEach((name, code) -> {
          if (!code.equals(then.get(name))) {
            changed.add(name);
          }
        });
    return changed;
  }

  /** Returns whether the bytes of a class differ from the original. */
  private static boolean isOther(Path folder, String name) {
    Path untouched = folder.resolve("untouched").resolve(name + ".class");
    try {
      return !Files.exists(untouched)
          || Files.mismatch(untouched, folder.resolve("after").resolve(name + ".class")) >= 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String className(Path file) {
    return file.getFileName().toString().replace(".class", "");
  }

  /** Returns the members of classes as javap prints them, without the numbers of constants. */
  private static Map<String, List<String>> code(List<Path> files) {
    StringWriter printed = new StringWriter();
    PrintWriter out = new PrintWriter(printed);
    List<String> arguments = new ArrayList<>(List.of("-c", "-p"));
    files.forEach(file -> arguments.add(file.toString()));
    ToolProvider.findFirst("javap").orElseThrow().run(out, out, arguments.toArray(String[]::new));
    String[] classes = printed.toString().split("(?m)^}$\\n?");
    assertThat(classes).hasSizeGreaterThanOrEqualTo(files.size());
    Map<String, List<String>> code = new HashMap<>();
    for (int i = 0; i < files.size(); i++) {
      code.put(className(files.get(i)), members(classes[i]));
    }
    return code;
  }

  private static List<String> members(String type) {
    String plain = type.replaceAll("#\\d+(, +\\d+)?", "#").replaceAll(" +", " ");
    return Stream.of(plain.split("\\n\\s*\\n|(?<=\\{)\\n")).map(String::strip).sorted().toList();
  }
}
