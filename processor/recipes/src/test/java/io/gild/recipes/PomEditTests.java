package io.gild.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PomEditTests {

  private static final List<String> MODULES = List.of("gild-annotations", "gild-cost");

  @Test
  void addsDependenciesProcessorAndGoal() {
    String edited =
        edit(
            """
            <project>
            \t<artifactId>acme</artifactId>
            \t<dependencies>
            \t\t<dependency>
            \t\t\t<groupId>a</groupId>
            \t\t\t<artifactId>b</artifactId>
            \t\t</dependency>
            \t</dependencies>
            </project>
            """);

    assertThat(edited)
        .contains(
            """
            \t\t</dependency>
            \t\t<dependency>
            \t\t\t<groupId>io.gild</groupId>
            \t\t\t<artifactId>gild-annotations</artifactId>
            \t\t\t<version>1.0</version>
            \t\t</dependency>
            """)
        .contains("\t\t\t\t<artifactId>maven-compiler-plugin</artifactId>\n")
        .contains("<goal>weave</goal>");
    assertThat(edit(edited)).isEqualTo(edited);
  }

  @Test
  void keepsWhatTheCompilerPluginHas() {
    String edited =
        edit(
            """
            <project>
              <build>
                <plugins>
                  <plugin>
                    <artifactId>maven-compiler-plugin</artifactId>
                    <configuration>
                      <compilerArgs><arg>-Xlint</arg></compilerArgs>
                      <annotationProcessorPaths>
                        <path>
                          <groupId>org.mapstruct</groupId>
                          <artifactId>mapstruct-processor</artifactId>
                        </path>
                      </annotationProcessorPaths>
                    </configuration>
                  </plugin>
                </plugins>
              </build>
            </project>
            """);

    assertThat(edited)
        .contains("<arg>-Xlint</arg>")
        .contains("<arg>-Agild.weaving=only</arg>")
        .contains("mapstruct-processor")
        .contains("<artifactId>gild-processor</artifactId>")
        .contains("<proc>full</proc>");
    assertThat(edited.split("maven-compiler-plugin", -1)).hasSize(2);
    assertThat(edit(edited)).isEqualTo(edited);
  }

  @Test
  void putsLombokOnTheProcessorPath() {
    assertThat(
            edit(
                """
                <project>
                  <dependencies>
                    <dependency>
                      <groupId>org.projectlombok</groupId>
                      <artifactId>lombok</artifactId>
                      <version>1.18.46</version>
                    </dependency>
                  </dependencies>
                </project>
                """))
        .containsSubsequence(
            "<annotationProcessorPaths", "<artifactId>lombok</artifactId>", "1.18.46");
  }

  @Test
  void refusesToRunAgainstProcNone() {
    String pom =
        """
        <project>
          <build>
            <plugins>
              <plugin>
                <artifactId>maven-compiler-plugin</artifactId>
                <configuration>
                  <proc>none</proc>
                </configuration>
              </plugin>
            </plugins>
          </build>
        </project>
        """;

    assertThatThrownBy(() -> edit(pom)).hasMessageContaining("<proc>none</proc>");
  }

  private static String edit(String pom) {
    return new PomEdit("1.0").edit(pom, MODULES);
  }
}
