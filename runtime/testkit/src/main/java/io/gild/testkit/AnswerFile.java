package io.gild.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Answers from a file of JSON lines. */
final class AnswerFile implements Answerer {

  private record Line(String contains, String model, String answer) {

    boolean fits(ModelRequest request) {
      return (model.isEmpty() || model.equals(request.model()))
          && request.lastUserText().toLowerCase(Locale.ROOT).contains(contains);
    }
  }

  private final List<Line> lines;

  private AnswerFile(List<Line> lines) {
    this.lines = lines;
  }

  static AnswerFile read(Path file) {
    List<Line> lines = new ArrayList<>();
    int number = 0;
    for (String text : textOf(file)) {
      number++;
      if (!text.isBlank()) {
        lines.add(parse(file + ":" + number, text));
      }
    }
    return new AnswerFile(lines);
  }

  @Override
  public ModelAnswer answer(ModelRequest request) {
    for (Line line : lines) {
      if (line.fits(request)) {
        return ModelAnswer.text(line.answer());
      }
    }
    return Answerer.echo().answer(request);
  }

  private static List<String> textOf(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new IllegalArgumentException("The answers file " + file + " cannot be read: " + e, e);
    }
  }

  private static Line parse(String place, String text) {
    try {
      JsonNode line = JsonNodes.MAPPER.readTree(text);
      if (!line.path("contains").isTextual() || !line.path("answer").isTextual()) {
        throw new IllegalArgumentException(
            place + ": a line of answers needs the texts \"contains\" and \"answer\".");
      }
      return new Line(
          line.path("contains").asText().toLowerCase(Locale.ROOT),
          line.path("model").asText(""),
          line.path("answer").asText());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(place + ": not JSON: " + e.getOriginalMessage(), e);
    }
  }
}
