package io.gild.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Usage;
import io.gild.core.Attribution;
import io.gild.core.CostDimension;
import io.gild.ledger.FolderLedger;
import io.gild.ledger.LedgerEntry;
import io.gild.testkit.PostgresServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CostInPostgresTests {

  @TempDir Path data;
  private String out = "";
  private String err = "";

  private int cost() throws IOException {
    StringWriter written = new StringWriter();
    StringWriter failed = new StringWriter();
    int status =
        new CommandLine(new CostCommand())
            .setOut(new PrintWriter(written))
            .setErr(new PrintWriter(failed))
            .execute(
                "--format",
                "csv",
                "--by",
                "tenant",
                "--data",
                data.toString(),
                "--settings",
                data.resolve("gild.yaml").toString());
    out = written.toString();
    err = failed.toString();
    return status;
  }

  private void configure(PostgresServer server) throws IOException {
    Files.writeString(
        data.resolve("gild.yaml"),
        """
        ledger:
          store: postgres
          postgres: {url: "%s", user: %s, password: %s}
        """
            .formatted(server.url(), server.user(), server.password()));
  }

  private static LedgerEntry entry() {
    return new LedgerEntry(
        Instant.now(),
        "a",
        1,
        LedgerEntry.Kind.USAGE,
        new Attribution(Map.of(CostDimension.TENANT, "acme")),
        1,
        Usage.of(1_000, 50),
        new BigDecimal("0.123456789"),
        1,
        false,
        null,
        Map.of());
  }

  @Test
  void readsTheLedgerFromPostgresql() throws IOException {
    try (PostgresServer server = PostgresServer.start()) {
      configure(server);
      Path folder = data.resolve("ledger");
      new FolderLedger(folder, 1 << 20).append(List.of(entry()));
      assertThat(cost()).as(err).isZero();
      assertThat(out).contains("acme", "0.123456789");
      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      assertThat(cost()).as(err).isZero();
      assertThat(out).contains("acme", "0.123456789");
      assertThat(err).isEmpty();

      server.kill();
      assertThat(cost()).isNotZero();
      assertThat(err)
          .startsWith("gild: Cannot")
          .contains("Start PostgreSQL, or correct ledger.postgres.url")
          .doesNotContain(server.password());
    }
  }
}
