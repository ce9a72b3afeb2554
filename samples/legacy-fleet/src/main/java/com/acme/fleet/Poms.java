package com.acme.fleet;

import java.nio.charset.Charset;
import java.util.Collection;
import java.util.stream.Collectors;

/** Writes the descriptions of the fleet's Maven project. */
final class Poms {

  private static final String PARENT =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <project xmlns="http://maven.apache.org/POM/4.0.0">
        <modelVersion>4.0.0</modelVersion>
        <groupId>com.acme</groupId>
        <artifactId>fleet</artifactId>
        <version>1.0</version>
        <packaging>pom</packaging>

        <modules>
      MODULES
        </modules>

        <properties>
          <maven.compiler.release>17</maven.compiler.release>
          <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
        </properties>

        <!-- What every agent may use. -->
        <dependencies>
      DEPENDENCIES
        </dependencies>

        <build>
          <pluginManagement>
            <plugins>
              <plugin>
                <artifactId>maven-resources-plugin</artifactId>
                <version>3.3.1</version>
              </plugin>
              <plugin>
                <artifactId>maven-compiler-plugin</artifactId>
                <version>3.16.0</version>
              </plugin>
            </plugins>
          </pluginManagement>
        </build>
      </project>
      """;

  private static final String MODULE =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <project xmlns="http://maven.apache.org/POM/4.0.0">
        <modelVersion>4.0.0</modelVersion>
        <parent>
          <groupId>com.acme</groupId>
          <artifactId>fleet</artifactId>
          <version>1.0</version>
        </parent>
        <artifactId>MODULE</artifactId>
        <properties>
          <project.build.sourceEncoding>CHARSET</project.build.sourceEncoding>
        </properties>
      </project>
      """;

  private Poms() {}

  static String parent(Collection<String> modules) {
    return PARENT
        .replace(
            "MODULES",
            modules.stream()
                .map(each -> "    <module>" + each + "</module>")
                .collect(Collectors.joining("\n")))
        .replace(
            "DEPENDENCIES",
            FleetMain.LIBRARIES.stream()
                .map(each -> dependency(each.split(":")))
                .collect(Collectors.joining())
                .stripTrailing());
  }

  static String module(String name, Charset charset) {
    return MODULE.replace("MODULE", name).replace("CHARSET", charset.name());
  }

  private static String dependency(String[] coordinates) {
    return """
        <dependency>
          <groupId>%s</groupId>
          <artifactId>%s</artifactId>
          <version>%s</version>
        </dependency>
    """
        .formatted((Object[]) coordinates);
  }
}
