package io.gild.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.golden.DeclaredAgent.DeclaredMethod;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoldenSetTests {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"t.yaml", "t.yml", "t.json", "t.jsonl", "t.ndjson", "t.csv", "golden/t.csv"})
  void namesAFileOfTasksThatIsMissing(String file) {
    assertThat(set(file).problems())
        .containsExactly(
            "com.acme.Desk#answer: golden file \""
                + file
                + "\" is not among the resources. Put it under src/main/resources.");
  }

  @Test
  void namesAFileOfAFixtureThatIsMissing() throws Exception {
    Path tasks =
        Files.writeString(
            folder.resolve("t.yaml"),
            """
            fixtures:
              policy: {file: policy.txt}
            tasks:
              - {id: a, input: "${policy}", expected: x}
            """);

    assertThat(set("t.yaml").problems())
        .containsExactly(
            tasks
                + ":2:11: fixtures.policy: file \"policy.txt\" is not among the resources. Put it"
                + " beside the file of the tasks.");
  }

  private GoldenSet set(String file) {
    DeclaredMethod method =
        new DeclaredMethod(
            "answer",
            "(Ljava/lang/String;)Ljava/lang/String;",
            List.of(new DeclaredAgent.DeclaredParameter("question", "java.lang.String", "")),
            List.of(Map.of("file", file)),
            false);
    return GoldenSet.of(
        new DeclaredAgent("support", "", "", "com.acme.Desk", null, List.of(method)),
        GoldenSources.inFolders(List.of(folder), Path::toString));
  }
}
