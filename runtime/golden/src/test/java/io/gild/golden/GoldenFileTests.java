package io.gild.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.Problem;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoldenFileTests {

  @Test
  void readsTheSameTasksFromYamlJsonLinesAndTables() {
    GoldenSpec yaml =
        only(
            "tasks.yaml",
            """
            - id: refund-policy
              input: [What is the refund policy?, three]
              expected: 30 days
              validator: contains
              tags: [smoke, en]
            """);
    GoldenSpec jsonl =
        only(
            "tasks.jsonl",
            """

            {"id": "refund-policy", "input": ["What is the refund policy?", "three"], "expected": "30 days", "validator": "contains", "tags": ["smoke", "en"]}
            """);
    GoldenSpec csv =
        only(
            "tasks.csv",
            """
            id,input.question,input.tone,expected,validator,tags
            refund-policy,What is the refund policy?,three,30 days,contains,smoke en
            """);

    assertThat(yaml).isEqualTo(jsonl);
    assertThat(csv.checks()).isEqualTo(yaml.checks());
    assertThat(csv.tags()).isEqualTo(yaml.tags());
    assertThat(csv.turns().get(0).input())
        .isEqualTo(
            new GoldenInput.Named(
                Map.of("question", "What is the refund policy?", "tone", "three")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"t.yaml", "t.json", "t.jsonl", "T.JSONL", "t.ndjson"})
  void ignoresAByteOrderMark(String name) {
    String task = "{\"id\": \"a\", \"input\": \"x\", \"expected\": \"y\"}";
    String list =
        name.toLowerCase(Locale.ROOT).matches(".*(jsonl|ndjson)") ? task : "[" + task + "]";

    assertThat(only(name, "\ufeff" + list + "\n")).isEqualTo(only(name, list));
    assertThat(only("t.csv", "\ufeffid,input,expected\r\na,x,y\r\n").id()).isEqualTo("a");
  }

  @Test
  void readsFilesOfManyMebibytes() {
    StringBuilder yaml = new StringBuilder("# " + "x".repeat(5_000_000) + "\n");
    StringBuilder jsonl = new StringBuilder();
    for (int i = 0; i < 60_000; i++) {
      yaml.append("- {id: t%d, input: \"What is it?\", expected: yes}\n".formatted(i));
      jsonl.append(
          "{\"id\": \"t%d\", \"input\": \"%s\", \"expected\": \"y\"}\n"
              .formatted(i, i == 7 ? "x".repeat(5_000_000) : "x"));
    }

    assertThat(GoldenFile.read("t.yaml", yaml.toString()).tasks()).hasSize(60_000);
    assertThat(GoldenFile.read("t.jsonl", jsonl.toString()).tasks()).hasSize(60_000);
  }

  @Test
  void limitsTheValuesOfAliases() {
    StringBuilder yaml = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 25; i++) {
      yaml.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }

    assertThatThrownBy(() -> GoldenFile.read("t.yaml", yaml.toString()))
        .hasMessage("t.yaml: its aliases expand to too many values");
  }

  @ParameterizedTest
  @ValueSource(strings = {"t.json", "t.jsonl"})
  void readsEveryCharacterOfJson(String name) {
    String odd = "\u0080\u007f\u0085\u009f\u2028\ufeff\uffff\ud83d\ude00\ufffe\t";
    String task =
        "{\"id\": \"a\", \"input\": [\"%s\"], \"expected\": \"\\ud800\"}"
            .formatted(odd.replace("\t", "\\t"));

    GoldenSpec read = only(name, name.endsWith("l") ? task : "[" + task + "]");

    assertThat(read.question()).isEqualTo(odd);
    assertThat(read.expectation()).contains("\ud800");
  }

  @Test
  void ignoresEmptyRowsAndColumnsOfSpreadsheets() {
    GoldenFile read =
        GoldenFile.read(
            "t.csv",
            "sep=;\r\nid;input;expected;;\r\na;x;y;;\r\n;;;;\r\n \t;;;;;;\r\nb;x;z\r\n;;\r\n");

    assertThat(read.tasks())
        .extracting(task -> task.spec().id() + " at " + task.origin())
        .containsExactly("a at t.csv:3:1", "b at t.csv:6:1");
    assertThatThrownBy(() -> GoldenFile.read("t.csv", "id,input,expected,input\na,x,y,z\n"))
        .hasMessage("t.csv:1:19: input: names two columns; rename one of them");
  }

  @Test
  void locatesValuesInJson() {
    String json =
        """
        {"tasks": [
          {"id": "a", "input": "x", "expected": "y"},
          {"id": "b", "inptu": "x", "expected": "y"},
          {"id": "a", "id": "c",
           "input": "x", "expected": "y"}
        ]}
        """;

    assertThat(GoldenFile.scan("t.json", json, path -> null).problems())
        .extracting(Problem::toString)
        .containsExactly(
            "t.json:3:15: tasks[1].inptu: unknown key. Did you mean \"input\"?",
            "t.json:4:3: tasks[2]: id \"a\" is taken by the task in line 2",
            "t.json:4:15: id: duplicate key; the first one is in line 4");
  }

  @Test
  void rejectsTextThatIsNotUtf8() {
    byte[] utf16 = "\ufeffid,input\n\u00e4,x".getBytes(StandardCharsets.UTF_16LE);
    byte[] latin = "id,input\n\u00e4,x".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(GoldenSources.text("t.csv", utf16)).isEqualTo("id,input\n\u00e4,x");
    assertThat(GoldenSources.text("t.csv", new byte[0])).isEmpty();
    assertThatThrownBy(() -> GoldenSources.text("t.csv", latin))
        .hasMessage("t.csv:2: is not UTF-8 text. Save the file as UTF-8.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "contains: ''|text must not be empty, for every answer contains it",
        "contains: {text: ' ', normalize: true}|text must not be empty, for every answer contains it",
        "regex: ''|pattern must not be empty, for it is found in every answer"
      },
      quoteCharacter = '`')
  void rejectsACheckThatEveryAnswerPasses(String check, String message) {
    assertThat(
            GoldenFile.scan("t.yaml", "- {id: a, input: x, checks: [" + check + "]}", path -> null)
                .problems())
        .singleElement()
        .asString()
        .contains(message);
  }

  @Test
  void locatesEveryTask() {
    String jsonl = "\n{\"id\": \"a\", \"input\": \"x\", \"expected\": \"y\"}\n";
    String csv = "id,input,expected\na,\"x\ny\",z\n\nb,x,z\n";

    assertThat(GoldenFile.read("t.jsonl", jsonl).tasks().get(0).origin())
        .hasToString("t.jsonl:2:1");
    assertThat(GoldenFile.read("t.csv", csv).tasks())
        .extracting(task -> task.origin().toString())
        .containsExactly("t.csv:2:1", "t.csv:5:1");
  }

  @Test
  void readsChecksOfAllKinds() {
    GoldenSpec task =
        only(
            "t.yaml",
            """
            - id: all
              input: {question: q, count: 3}
              checks:
                - exact: {text: yes, ignore-case: true, normalize: true}
                - number: {value: 3.5, tolerance: 0.1, which: last}
                - json: {a: [1, 2]}
                - json: {value: '{"a": 1}', allow-extra: true}
                - json-schema: {type: object}
                - length: {min: 1, max: 20, unit: words}
                - no-pii
                - no-pii: [email, iban]
                - judge: {rubric: Polite., samples: 3}
                  weight: 2
                  required: true
                - trajectory: [search, {tool: pay, arguments: {amount: {number: 30}, to: Ada}}]
                - latency: 2s
                - cost: 0.01
                - any: [{contains: a}, {not: {contains: b}}]
              pass-score: 0.8
              repeats: 5
              timeout: 30s
            """);

    assertThat(task.checks())
        .extracting(WeightedCheck::check)
        .containsExactly(
            new AnswerCheck.Exact("yes", true, true),
            new AnswerCheck.Number(
                new BigDecimal("3.5"), new BigDecimal("0.1"), AnswerCheck.Occurrence.LAST),
            new AnswerCheck.Json(Map.of("a", List.of(1L, 2L)), false, false, BigDecimal.ZERO),
            new AnswerCheck.Json(Map.of("a", 1L), true, false, BigDecimal.ZERO),
            new AnswerCheck.JsonSchema(Map.of("type", "object")),
            new AnswerCheck.Length(1, 20L, AnswerCheck.LengthUnit.WORDS),
            new AnswerCheck.NoPii(List.of(AnswerCheck.Pii.values())),
            new AnswerCheck.NoPii(List.of(AnswerCheck.Pii.EMAIL, AnswerCheck.Pii.IBAN)),
            new AnswerCheck.Judge("Polite.", 3, ""),
            new AnswerCheck.Trajectory(
                AnswerCheck.TrajectoryMode.EXACT,
                List.of(
                    new AnswerCheck.ExpectedCall("search", Map.of()),
                    new AnswerCheck.ExpectedCall(
                        "pay",
                        Map.of(
                            "amount",
                            new AnswerCheck.Number(
                                BigDecimal.valueOf(30),
                                BigDecimal.ZERO,
                                AnswerCheck.Occurrence.ANY),
                            "to",
                            new AnswerCheck.Exact("Ada", false, false))))),
            new AnswerCheck.Latency(Duration.ofSeconds(2)),
            new AnswerCheck.Cost(new BigDecimal("0.01")),
            new AnswerCheck.Any(
                List.of(
                    new WeightedCheck(
                        new AnswerCheck.Contains("a", false, false), "contains: a", 1, false),
                    new WeightedCheck(
                        new AnswerCheck.Not(new AnswerCheck.Contains("b", false, false)),
                        "not: {\"contains\":\"b\"}",
                        1,
                        false))));
    assertThat(task.checks().get(8).weight()).isEqualTo(2);
    assertThat(task.checks().get(8).required()).isTrue();
    assertThat(task.passScore()).isEqualTo(0.8);
    assertThat(task.repeats()).isEqualTo(5);
    assertThat(task.timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(task.turns().get(0).input())
        .isEqualTo(new GoldenInput.Named(Map.of("question", "q", "count", 3L)));
  }

  @Test
  void everyKindOfCheckHasARecord() {
    assertThat(AnswerCheck.class.getPermittedSubclasses())
        .containsExactlyInAnyOrder(
            List.of(CheckKind.values()).stream().map(CheckKind::type).toArray(Class<?>[]::new));
  }

  @Test
  void readsTheTurnsOfAConversation() {
    GoldenSpec task =
        only(
            "t.yaml",
            """
            - id: talk
              turns:
                - Hello
                - input: [And now?]
                  checks: [{contains: now}]
              expected: Bye
            """);

    assertThat(task.turns())
        .extracting(turn -> turn.input().text())
        .containsExactly("Hello", "And now?");
    assertThat(task.turns().get(1).checks()).hasSize(1);
    assertThat(task.question()).isEqualTo("And now?");
    assertThat(task.expectation()).isEqualTo("exact: Bye");
  }

  @Test
  void sharesFixturesAndDefaults() {
    GoldenFile file =
        GoldenFile.scan(
            "golden/t.yaml",
            """
            fixtures:
              who: Ada
              report: {file: report.txt}
              wanted: {a: 1}
            defaults: {validator: contains, tags: [all]}
            tasks:
              - {id: a, input: "Dear ${who}, $${who}: ${report}", expected: "${who}"}
              - {id: b, input: x, expected: "${wanted}", validator: json}
              - {id: c, input: "${hwo}", expected: x}
            """,
            path -> path.equals("report.txt") ? "profit" : null);

    assertThat(file.tasks().get(0).spec().question()).isEqualTo("Dear Ada, ${who}: profit");
    assertThat(file.tasks().get(0).spec().tags()).containsExactly("all");
    assertThat(file.tasks().get(1).spec().checks().get(0).check())
        .isEqualTo(new AnswerCheck.Json(Map.of("a", 1L), false, false, BigDecimal.ZERO));
    assertThat(file.tasks()).hasSize(2);
    assertThat(file.problems())
        .singleElement()
        .hasToString(
            "golden/t.yaml:9:20: tasks[2]: names fixture \"hwo\", which is not among fixtures. Did you mean \"who\"?");
  }

  @Test
  void keepsADollarSignWithoutFixtures() {
    assertThat(only("t.yaml", "- {id: a, input: \"echo ${HOME}\", expected: x}").question())
        .isEqualTo("echo ${HOME}");
  }

  @Test
  void leavesOutTasksOfAnotherAgent() {
    GoldenFile file =
        GoldenFile.read(
            "t.yaml",
            """
            - {id: a, agent: one, input: x, expected: y}
            - {id: a, agent: two, input: x, expected: y}
            - {id: b, input: x, expected: y}
            """);

    assertThat(file.of("two")).extracting(task -> task.spec().id()).containsExactly("a", "b");
  }

  @Test
  void namesAllMistakesWithTheirPlacesAndKeepsTheOtherTasks() {
    GoldenFile file =
        GoldenFile.scan(
            "tasks.yaml",
            """
            tasks:
              - {id: a, input: x, expected: y}
              - {id: a, input: x, expected: y}
              - {id: "a b", validator: exact, expected: y}
              - {id: c, validator: contians, expected: y, treshold: 1}
              - {input: x, expected: y}
              - oops
              - {id: d, input: x}
              - {id: e, input: x, expected: y, threshold: 0.5}
              - {id: f, input: x, checks: [{contians: y}, {contains: y, regex: z}, {similarity: {text: x, threshold: 8}}]}
              - {id: g, input: x, checks: [{regex: "(open"}, {length: {minn: 1}}, {any: []}, {latency: soon}]}
              - {id: h, input: x, turns: [y], expected: z}
              - {id: last, input: x, expected: y}
            """,
            path -> null);

    assertThat(file.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "tasks.yaml:3:5: tasks[1]: id \"a\" is taken by the task in line 2",
            "tasks.yaml:4:10: tasks[2]: id must be made of letters, digits, dots, dashes and underscores, but is \"a b\"",
            "tasks.yaml:5:24: tasks[3]: validator must be one of exact, contains, regex, number, json, json-schema, similarity, rouge-l, levenshtein, language, refusal, no-pii, judge, custom, but is \"contians\". Did you mean \"contains\"?",
            "tasks.yaml:5:47: tasks[3].treshold: unknown key. Did you mean \"threshold\"?",
            "tasks.yaml:6:5: tasks[4]: id is missing",
            "tasks.yaml:7:5: tasks[5]: must be a map, but is \"oops\"",
            "tasks.yaml:8:5: tasks[6]: has no check. Give expected, or checks.",
            "tasks.yaml:9:36: tasks[7]: threshold has no effect on validator exact",
            "tasks.yaml:10:33: tasks[8].checks[0]: \"contians\" is not a kind of check. Did you mean \"contains\"?",
            "tasks.yaml:10:47: tasks[8].checks[1]: must name one kind of check, but names contains, regex",
            "tasks.yaml:10:106: tasks[8].checks[2].similarity: threshold must be from 0.0 to 1.0, but is 8.0",
            "tasks.yaml:11:40: tasks[9].checks[0].regex: pattern is not a regular expression: Unclosed group near index 5 of \"(open\"",
            "tasks.yaml:11:60: tasks[9].checks[1].length.minn: unknown key. Did you mean \"min\"?",
            "tasks.yaml:11:77: tasks[9].checks[2].any: needs at least one check",
            "tasks.yaml:11:92: tasks[9].checks[3].latency: at-most must be a duration such as \"500ms\", \"2s\", \"5m\", \"1h\" or \"PT1H\", but is \"soon\"",
            "tasks.yaml:12:13: tasks[10]: has both input and turns; keep one of them");
    assertThat(file.tasks()).extracting(task -> task.spec().id()).containsExactly("a", "last");
  }

  @Test
  void namesABrokenLineOfJsonOrOfATable() {
    assertThatThrownBy(
            () -> GoldenFile.read("t.jsonl", "{\"id\": \"a\", \"expected\": \"y\"}\n{\"id\" 1}"))
        .hasMessage("t.jsonl:2:1: not a JSON object: 1:7: expected ':'");
    assertThatThrownBy(() ->
            GoldenFile.read("t.csv", "id,input,expceted\na,x,y\nb,x,y,z\nc,\"x\"x,y\nd,\"open\n"))
        .hasMessageContaining(
            "t.csv:1:10: tasks[0].expceted: unknown key. Did you mean \"expected\"?")
        .hasMessageContaining("t.csv:3:7: has 4 columns, but the first line names 3")
        .hasMessageContaining("t.csv:4:3: a quoted value must end at its closing quote")
        .hasMessageContaining("t.csv:5:3: the quote that opens here is not closed");
    assertThatThrownBy(() -> GoldenFile.read("t.yaml", "a: 1"))
        .hasMessage("t.yaml:1:1: expected a list of tasks, alone or under \"tasks\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[x] | has 1 input, but answer takes 2 parameters",
        "[x, y, z, u] | has 4 inputs, but answer takes 2 parameters",
        "{question: x} | gives no value for parameter count of answer",
        "{question: x, cuont: 3} | gives \"cuont\", which is not a parameter of answer. Did you mean \"count\"?",
      })
  void explainsWhyAnInputDoesNotFitTheMethod(String input, String message) {
    GoldenInput given =
        only("t.yaml", "- {id: a, input: " + input + ", expected: y}").turns().get(0).input();

    assertThatThrownBy(() ->
            given.arrange(
                List.of(
                    new DeclaredAgent.DeclaredParameter("question", "java.lang.String", "prompt"),
                    new DeclaredAgent.DeclaredParameter("count", "int", "none"),
                    new DeclaredAgent.DeclaredParameter("model", "java.lang.String", "model")),
                "answer"))
        .hasMessage(message);
  }

  private static GoldenSpec only(String name, String text) {
    return GoldenFile.read(name, text).tasks().get(0).spec();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "json-schema: {type: strng}|schema.type must be one of array, boolean, integer, null, number, object, string, but is \"strng\". Did you mean \"string\"?",
        "json-schema: {properties: {a: {type: [string, nul]}}}|schema.properties.a.type must be one of array, boolean, integer, null, number, object, string, but is \"nul\". Did you mean \"null\"?",
        "json-schema: {anyOf: [{requird: [a]}]}|schema.anyOf[0] has the keyword \"requird\", which no validator knows; it would check nothing. Did you mean \"required\"?",
        "json-schema: {type: 3}|schema.type must be one of array, boolean, integer, null, number, object, string, but is 3.",
        "language: jp|code must be a language of ISO 639-1 such as en or de, but is \"jp\". Did you mean \"ja\"?",
        "language: english|code must be a language of ISO 639-1 such as en or de, but is \"english\". Did you mean \"en\"?",
        "language: de-AT|code must be a language of ISO 639-1 such as en or de, but is \"de-AT\". Did you mean \"de\"?",
        "language: qq|code must be a language of ISO 639-1 such as en or de, but is \"qq\".",
      })
  void rejectsSchemasThatCheckNothing(String check, String message) {
    String text = "tasks:\n  - id: a\n    input: q\n    checks:\n      - " + check + "\n";

    assertThatThrownBy(() -> GoldenFile.read("t.yaml", text))
        .hasMessageStartingWith("t.yaml:5:")
        .hasMessageEndingWith(message);
  }

  @Test
  void acceptsEveryKeywordOfASchemaAndOtherNames() {
    GoldenFile.read(
        "t.yaml",
        """
        tasks:
          - id: a
            input: q
            checks:
              - json-schema:
                  $schema: https://json-schema.org/draft/2020-12/schema
                  type: object
                  properties: {strng: {const: {type: strng}}, type: {enum: [{typ: a}]}}
                  required: [strng]
                  dependencies: {a: [b]}
                  default: {requird: 1}
                  x-own: 1
        """);
  }
}
