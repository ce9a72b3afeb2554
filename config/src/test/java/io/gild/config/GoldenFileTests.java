package io.gild.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class GoldenFileTests {

  @Test
  void yamlAndJsonLinesSayTheSame() {
    GoldenFile yaml =
        GoldenFile.read(
            "tasks.yaml",
            """
            - id: refund-policy
              input: [What is the refund policy?, 3]
              expected: 30 days
              validator: contains
              tags: smoke
            """);
    GoldenFile jsonl =
        GoldenFile.read(
            "tasks.jsonl",
            """

            {"id": "refund-policy", "input": ["What is the refund policy?", 3], "expected": "30 days", "validator": "contains", "tags": ["smoke"]}
            """);

    assertThat(yaml.tasks().get(0).spec())
        .isEqualTo(jsonl.tasks().get(0).spec())
        .isEqualTo(
            new GoldenSpec(
                "refund-policy",
                List.of("What is the refund policy?", "3"),
                "30 days",
                "contains",
                0.8,
                "",
                List.of("smoke")));
    assertThat(yaml.tasks().get(0).origin()).hasToString("tasks.yaml:1:3");
    assertThat(jsonl.tasks().get(0).origin()).hasToString("tasks.jsonl:2:1");
  }

  @Test
  void allMistakesAreNamedWithTheirPlaces() {
    assertThatThrownBy(() ->
            GoldenFile.read(
                "tasks.yaml",
                """
                tasks:
                  - {id: a, input: x}
                  - {id: a, input: x}
                  - {id: "a b", validator: exact}
                  - {id: c, validator: contians, treshold: 1}
                  - {input: x}
                  - oops
                """))
        .hasMessage(
            """
            tasks.yaml:3:5: tasks[1]: id "a" is taken by the task in line 2
            tasks.yaml:4:10: tasks[2]: id must be made of letters, digits, dots, dashes and underscores, but is "a b"
            tasks.yaml:5:34: tasks[3].treshold: unknown key. Did you mean "threshold"?
            tasks.yaml:5:24: tasks[3]: validator must be one of exact, contains, regex, similarity, custom, but is "contians". Did you mean "contains"?
            tasks.yaml:6:5: tasks[4]: id is missing
            tasks.yaml:7:5: tasks[5]: must be a map, but is "oops\"\
            """);
    assertThatThrownBy(() -> GoldenFile.read("t.jsonl", "{\"id\": \"a\"}\n{\"id\" 1}"))
        .hasMessage("t.jsonl:2:1: not a JSON object: 1:7: expected ':'");
    assertThatThrownBy(() -> GoldenFile.read("t.yaml", "a: 1"))
        .hasMessage("t.yaml:1:1: expected a list of tasks, alone or under \"tasks\"");
  }
}
