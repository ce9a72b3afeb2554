package io.gild.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Gild's report of a run, read leniently: missing values were not reported. */
record GildReport(JsonNode json) {

  /** Returns the report of a run without Gild. */
  static GildReport none() {
    return new GildReport(MissingNode.getInstance());
  }

  /** Reads a report; a file that is missing or broken reports nothing. */
  static GildReport read(Path file) {
    try {
      return new GildReport(JsonMappers.MAPPER.readTree(Files.readString(file)));
    } catch (IOException e) {
      return none();
    }
  }

  boolean isReported() {
    return json.isObject();
  }

  @Nullable Long httpAttempts() {
    return number("/httpAttempts");
  }

  @Nullable Long cacheHits() {
    return number("/cache/hits");
  }

  @Nullable Long breakerOpened() {
    return number("/breaker/opened");
  }

  @Nullable Long breakerRefused() {
    return number("/breaker/refused");
  }

  @Nullable Long retries() {
    return number("/retries");
  }

  @Nullable Double costUsd() {
    JsonNode node = json.at("/costUsd");
    return node.isNumber() || node.isTextual() ? node.asDouble() : null;
  }

  /** Returns the address of the scrape endpoint, if it was reported. */
  @Nullable String metrics() {
    JsonNode node = json.at("/metrics");
    return node.isTextual() ? node.asText() : null;
  }

  private @Nullable Long number(String pointer) {
    JsonNode node = json.at(pointer);
    return node.isNumber() ? node.asLong() : null;
  }
}
