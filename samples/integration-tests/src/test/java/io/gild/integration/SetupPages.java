package io.gild.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Projects that are built only from the files on a page of the documentation. */
final class SetupPages {

  private static final Path DOCS = Path.of("../../docs");
  private static final Path QUICKSTART = Path.of("../quickstart/README.md");
  private static final Pattern FILE =
      Pattern.compile("^`([^`\n]+)`:\n\n```\\w+\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern POM =
      Pattern.compile("^```xml\n(<project.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern PLUGINS =
      Pattern.compile("^```xml\n<plugins>(.*?)</plugins>\n```", Pattern.MULTILINE | Pattern.DOTALL);

  private static final Pattern MANAGED =
      Pattern.compile("^```xml\n(<dependency>.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);

  private SetupPages() {}

  /**
   * Lays out the files of a page, or of one section of it, in the quickstart's {@code pom.xml}.
   *
   * @param page such as {@code spring.md}
   * @param section its heading; empty for the whole page
   * @param dependencies each as {@code group:artifact:version}
   */
  static MavenBuild project(String page, String section, Path folder, String... dependencies)
      throws IOException {
    String whole = Files.readString(DOCS.resolve(page));
    String text = section(whole, section);
    String pom = managed(whole, pom(text, dependencies));
    MavenBuild project = MavenBuild.in(folder).write("pom.xml", pom);
    for (Map.Entry<String, String> file : files(text).entrySet()) {
      project.write(file.getKey(), file.getValue());
    }
    return project;
  }

  /** Puts a dependency that a page shows separately in front of those that manage versions. */
  private static String managed(String text, String pom) {
    Matcher managed = MANAGED.matcher(text);
    String start = "<dependencyManagement><dependencies>\n";
    return managed.find() ? pom.replace(start, start + managed.group(1)) : pom;
  }

  private static String pom(String text, String... dependencies) throws IOException {
    String pom = first(POM, Files.readString(QUICKSTART));
    StringBuilder more = new StringBuilder();
    for (String dependency : dependencies) {
      String[] parts = dependency.split(":");
      more.append(
          "<dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version></dependency>\n"
              .formatted((Object[]) parts));
    }
    int last = pom.lastIndexOf("</dependencies>");
    String whole = pom.substring(0, last) + more + pom.substring(last);
    Matcher plugins = PLUGINS.matcher(text);
    return plugins.find()
        ? whole.replaceFirst(
            "(?s)<plugins>.*</plugins>",
            Matcher.quoteReplacement("<plugins>" + plugins.group(1) + "</plugins>"))
        : whole;
  }

  private static Map<String, String> files(String text) {
    Map<String, String> files = new LinkedHashMap<>();
    Matcher found = FILE.matcher(text);
    while (found.find()) {
      files.put(found.group(1), found.group(2));
    }
    if (files.isEmpty()) {
      throw new IllegalArgumentException("shows no file: " + text);
    }
    return files;
  }

  private static String section(String text, String heading) {
    if (heading.isEmpty()) {
      return text;
    }
    int start = text.indexOf("\n" + heading + "\n");
    if (start < 0) {
      throw new IllegalArgumentException("no section " + heading);
    }
    int end = text.indexOf("\n## ", start + 1);
    return end < 0 ? text.substring(start) : text.substring(start, end);
  }

  private static String first(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    if (!found.find()) {
      throw new IllegalArgumentException("no " + pattern);
    }
    return found.group(1);
  }
}
