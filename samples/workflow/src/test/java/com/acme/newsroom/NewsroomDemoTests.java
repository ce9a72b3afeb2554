package com.acme.newsroom;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewsroomDemoTests {

  @TempDir Path folder;

  @Test
  void writesEveryArticleAlthoughTwoJvmsAreKilled() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int status =
        new NewsroomDemo(
                System.getProperty("java.class.path"),
                folder,
                new PrintStream(out, true, StandardCharsets.UTF_8))
            .run();
    String printed = out.toString(StandardCharsets.UTF_8);
    assertThat(status).as(printed).isZero();
    Map<?, ?> report = (Map<?, ?>) Json.read(Files.readString(folder.resolve("workflow.json")));
    assertThat((List<?>) report.get("articles"))
        .hasSize(3)
        .allSatisfy(article -> {
          Map<?, ?> each = (Map<?, ?>) article;
          assertThat(((Number) each.get("quality")).intValue()).isGreaterThanOrEqualTo(8);
          assertThat(((Number) each.get("revisions")).intValue()).isGreaterThan(1);
          assertThat(((Number) each.get("costUsd")).doubleValue()).isPositive();
        });
    assertThat(((Number) report.get("kills")).intValue()).isEqualTo(2);
    assertThat(((Number) report.get("redeliveries")).intValue()).isPositive();
    assertThat(((Number) report.get("tracesAcrossAllJvms")).intValue()).isPositive();
    assertThat(Files.readString(folder.resolve("workflow.html"))).contains("<svg");
  }
}
