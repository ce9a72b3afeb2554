package io.gild.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The shipped excerpt of CLINC150: real questions with their intents. */
final class Excerpt {

  private static final String RESOURCE = "clinc150-excerpt.jsonl";

  private Excerpt() {}

  static List<Question> questions() {
    InputStream in = Objects.requireNonNull(Excerpt.class.getResourceAsStream(RESOURCE), RESOURCE);
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      List<Question> questions = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode json = JsonMappers.MAPPER.readTree(line);
        questions.add(
            new Question(
                "c" + questions.size(), json.path("text").asText(), json.path("intent").asText()));
      }
      return questions;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
