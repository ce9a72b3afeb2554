package io.gild.recipes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openrewrite.InMemoryExecutionContext;
import org.openrewrite.SourceFile;
import org.openrewrite.xml.XmlParser;
import org.openrewrite.xml.tree.Content;
import org.openrewrite.xml.tree.Xml;

/**
 * Adds Gild to a {@code pom.xml}: the annotations, the modules of their policies, the processor and
 * the weave goal. What is there already stays as it is, format included.
 */
final class PomEdit {

  private static final String GROUP = "io.gild";

  private final String version;
  private final List<String> notes = new ArrayList<>();
  private String unit = "  ";

  /** Creates an edit that adds this version of Gild. */
  PomEdit(String version) {
    this.version = version;
  }

  /** What a reader of the report should know about the edit. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  /**
   * Returns the edited text.
   *
   * @param pom the text of the file
   * @param modules artifacts of Gild that the annotations need
   * @throws IllegalArgumentException if the text is not a project, or the compiler's annotation
   *     processing is switched off
   */
  String edit(String pom, List<String> modules) {
    SourceFile parsed =
        XmlParser.builder()
            .build()
            .parse(new InMemoryExecutionContext(failure -> {}), pom)
            .findFirst()
            .orElseThrow();
    if (!(parsed instanceof Xml.Document document)
        || !document.getRoot().getName().equals("project")) {
      throw new IllegalArgumentException("pom.xml is not a Maven project");
    }
    Xml.Tag project = document.getRoot();
    unit =
        project.getChildren().stream()
            .map(each -> indent(each.getPrefix()))
            .filter(each -> !each.isEmpty())
            .findFirst()
            .orElse("  ");
    Xml.Tag edited = plugins(dependencies(project, modules));
    return edited == project ? pom : document.withRoot(edited).printAll();
  }

  private Xml.Tag dependencies(Xml.Tag project, List<String> modules) {
    Xml.Tag dependencies = project.getChild("dependencies").orElse(null);
    List<String> missing = new ArrayList<>();
    for (String each : modules) {
      if (dependencies == null || find(dependencies, "dependency", each).isEmpty()) {
        missing.add(each);
      }
    }
    if (missing.isEmpty()) {
      return project;
    }
    List<String> lines = new ArrayList<>();
    for (String each : missing) {
      lines.addAll(coordinates("dependency", each));
    }
    return dependencies == null
        ? append(project, 1, within("dependencies", lines))
        : replace(project, dependencies, append(dependencies, 2, lines));
  }

  private List<String> coordinates(String tag, String artifact) {
    return List.of(
        "<" + tag + ">",
        "\t<groupId>" + GROUP + "</groupId>",
        "\t<artifactId>" + artifact + "</artifactId>",
        "\t<version>" + version + "</version>",
        "</" + tag + ">");
  }

  private Xml.Tag plugins(Xml.Tag project) {
    Xml.Tag build = project.getChild("build").orElse(null);
    if (build == null) {
      return append(project, 1, within("build", within("plugins", bothPlugins(project))));
    }
    Xml.Tag plugins = build.getChild("plugins").orElse(null);
    if (plugins == null) {
      return replace(project, build, append(build, 2, within("plugins", bothPlugins(project))));
    }
    Xml.Tag changed = plugins;
    Xml.Tag compiler = find(plugins, "plugin", "maven-compiler-plugin").orElse(null);
    if (compiler == null) {
      changed = append(changed, 3, compilerPlugin(project));
    } else {
      changed = replace(changed, compiler, compiler(project, compiler));
    }
    if (find(plugins, "plugin", "gild-maven-plugin").isEmpty()) {
      changed = append(changed, 3, weavePlugin());
    }
    return changed == plugins ? project : replace(project, build, replace(build, plugins, changed));
  }

  private List<String> bothPlugins(Xml.Tag project) {
    List<String> lines = new ArrayList<>(compilerPlugin(project));
    lines.addAll(weavePlugin());
    return lines;
  }

  private List<String> compilerPlugin(Xml.Tag project) {
    List<String> lines = new ArrayList<>();
    lines.add("<plugin>");
    lines.add("\t<groupId>org.apache.maven.plugins</groupId>");
    lines.add("\t<artifactId>maven-compiler-plugin</artifactId>");
    within("configuration", configuration(project)).forEach(each -> lines.add("\t" + each));
    lines.add("</plugin>");
    return lines;
  }

  private List<String> configuration(Xml.Tag project) {
    List<String> lines = new ArrayList<>();
    lines.add("<proc>full</proc>");
    lines.addAll(arguments());
    lines.addAll(paths(project));
    return lines;
  }

  private static List<String> arguments() {
    return List.of(
        "<compilerArgs combine.children=\"append\">",
        "\t<arg>-Agild.weaving=only</arg>",
        "</compilerArgs>");
  }

  /** The processor path; other processors of the class path must be on it, too. */
  private List<String> paths(Xml.Tag project) {
    List<String> lines = new ArrayList<>();
    lines.add("<annotationProcessorPaths combine.children=\"append\">");
    for (String each : coordinates("path", "gild-processor")) {
      lines.add("\t" + each);
    }
    project
        .getChild("dependencies")
        .flatMap(all -> find(all, "dependency", "lombok"))
        .ifPresent(lombok -> lombok(lombok, lines));
    lines.add("</annotationProcessorPaths>");
    return lines;
  }

  private void lombok(Xml.Tag lombok, List<String> lines) {
    String versioned = lombok.getChildValue("version").orElse("");
    if (versioned.isEmpty()) {
      notes.add(
          "Lombok's version is managed elsewhere: maven-compiler-plugin 3.12 or later finds it for"
              + " the processor path, an earlier one needs it in the pom.xml");
    }
    lines.add("\t<path>");
    lines.add("\t\t<groupId>org.projectlombok</groupId>");
    lines.add("\t\t<artifactId>lombok</artifactId>");
    if (!versioned.isEmpty()) {
      lines.add("\t\t<version>" + versioned + "</version>");
    }
    lines.add("\t</path>");
  }

  private Xml.Tag compiler(Xml.Tag project, Xml.Tag plugin) {
    Xml.Tag configuration = plugin.getChild("configuration").orElse(null);
    if (configuration == null) {
      return append(plugin, 4, within("configuration", configuration(project)));
    }
    if (configuration.getChildValue("proc").filter("none"::equals).isPresent()) {
      throw new IllegalArgumentException(
          "pom.xml switches annotation processing off with <proc>none</proc>: remove it");
    }
    Xml.Tag changed = configuration;
    if (changed.getChild("proc").isEmpty()) {
      changed = append(changed, 5, List.of("<proc>full</proc>"));
    }
    Xml.Tag arguments = changed.getChild("compilerArgs").orElse(null);
    if (arguments == null) {
      changed = append(changed, 5, arguments());
    } else if (arguments.getChildren().stream()
        .noneMatch(each -> each.getValue().orElse("").contains("gild.weaving"))) {
      changed =
          replace(
              changed, arguments, append(arguments, 6, List.of("<arg>-Agild.weaving=only</arg>")));
    }
    Xml.Tag paths = changed.getChild("annotationProcessorPaths").orElse(null);
    if (paths == null) {
      changed = append(changed, 5, paths(project));
    } else if (find(paths, "path", "gild-processor").isEmpty()
        && find(paths, "annotationProcessorPath", "gild-processor").isEmpty()) {
      changed = replace(changed, paths, append(paths, 6, coordinates("path", "gild-processor")));
    }
    return changed == configuration ? plugin : replace(plugin, configuration, changed);
  }

  private List<String> weavePlugin() {
    return List.of(
        "<plugin>",
        "\t<groupId>" + GROUP + "</groupId>",
        "\t<artifactId>gild-maven-plugin</artifactId>",
        "\t<version>" + version + "</version>",
        "\t<executions>",
        "\t\t<execution>",
        "\t\t\t<goals>",
        "\t\t\t\t<goal>weave</goal>",
        "\t\t\t</goals>",
        "\t\t</execution>",
        "\t</executions>",
        "</plugin>");
  }

  private static List<String> within(String tag, List<String> lines) {
    List<String> all = new ArrayList<>();
    all.add("<" + tag + ">");
    lines.forEach(each -> all.add("\t" + each));
    all.add("</" + tag + ">");
    return all;
  }

  private static Optional<Xml.Tag> find(Xml.Tag parent, String tag, String artifact) {
    return parent.getChildren(tag).stream()
        .filter(each -> each.getChildValue("artifactId").filter(artifact::equals).isPresent())
        .findFirst();
  }

  private static Xml.Tag replace(Xml.Tag parent, Xml.Tag old, Xml.Tag changed) {
    if (old == changed || parent.getContent() == null) {
      return parent;
    }
    List<Content> content = new ArrayList<>(parent.getContent());
    content.replaceAll(each -> each == old ? changed : each);
    return parent.withContent(content);
  }

  /**
   * Appends elements.
   *
   * @param depth how deep they are below the project
   * @param lines their text, indented by tabs
   */
  private Xml.Tag append(Xml.Tag parent, int depth, List<String> lines) {
    List<Content> content =
        new ArrayList<>(parent.getContent() == null ? List.of() : parent.getContent());
    String indent =
        content.stream()
            .filter(Xml.Tag.class::isInstance)
            .map(each -> indent(((Xml.Tag) each).getPrefix()))
            .filter(each -> !each.isEmpty())
            .findFirst()
            .orElse(unit.repeat(depth));
    StringBuilder element = new StringBuilder();
    for (String line : lines) {
      int tabs = 0;
      while (line.charAt(tabs) == '\t') {
        tabs++;
      }
      if (!element.isEmpty()) {
        element.append('\n').append(indent).append(unit.repeat(tabs));
      }
      element.append(line.substring(tabs));
      if (tabs == 0 && isWhole(line, element)) {
        content.add(Xml.Tag.build(element.toString()).withPrefix("\n" + indent));
        element.setLength(0);
      }
    }
    Xml.Tag.Closing closing = parent.getClosing();
    Xml.Tag filled = parent.withContent(content);
    if (closing == null) {
      return Xml.Tag.build("<" + parent.getName() + ">x</" + parent.getName() + ">")
          .withAttributes(parent.getAttributes())
          .withPrefix(parent.getPrefix())
          .withContent(content);
    }
    return closing.getPrefix().contains("\n")
        ? filled
        : filled.withClosing(
            closing.withPrefix(
                "\n" + indent.substring(0, Math.max(0, indent.length() - unit.length()))));
  }

  private static boolean isWhole(String line, StringBuilder element) {
    return line.startsWith("</") || (element.length() == line.length() && line.contains("</"));
  }

  private static String indent(String prefix) {
    int line = prefix.lastIndexOf('\n');
    return line < 0 ? "" : prefix.substring(line + 1);
  }
}
