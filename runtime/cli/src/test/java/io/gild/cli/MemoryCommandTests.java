package io.gild.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.core.spi.Clock;
import io.gild.memory.FolderSessionStore;
import io.gild.memory.SessionChange;
import io.gild.memory.SessionKey;
import io.gild.memory.SessionMessage;
import io.gild.memory.SessionMessage.Role;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MemoryCommandTests {

  private static final String MEMORIES =
      """
      {"gild-memory-export":1}
      {"id":"a","text":"Ann prefers e-mail.","created":"2026-01-31T12:00:00Z","user":"ann"}
      {"id":"b","text":"Ann strongly prefers e-mail.","created":"2026-02-01T12:00:00Z","user":"ann"}
      {"id":"c","tenant":"acme","text":"The parcel is in Lyon.","created":"2026-02-01T12:00:00Z","metadata":{"topic":"parcel"}}
      {"id":"d","tenant":"acme","text":"The parcel is in Paris.","created":"2026-02-02T12:00:00Z","metadata":{"topic":"parcel"}}
      """;

  @TempDir Path folder;
  private String out = "";
  private String err = "";

  @Test
  void importsTwiceAndExportsTheSame() throws IOException {
    assertThat(load()).isZero();
    assertThat(out).contains("4 memories were added");
    assertThat(load()).isZero();
    assertThat(out).contains("0 memories were added, 0 replaced, 4 were there already.");
    Path exported = folder.resolve("out.jsonl");
    assertThat(run("export", exported.toString(), "--all-tenants")).isZero();
    assertThat(out).contains("4 memories are in");
    assertThat(Files.readString(exported))
        .startsWith("{\"gild-memory-export\":1}\n")
        .contains("\"d\"");
    Files.writeString(exported, Files.readString(exported).replace("strongly", "always"));
    assertThat(run("import", exported.toString())).isZero();
    assertThat(out).contains("0 memories were added, 1 replaced, 3 were there already.");
    assertThat(run("show", "b")).isZero();
    assertThat(out).contains("\"text\": \"Ann always prefers e-mail.\"");
  }

  @Test
  void importsNothingOfABrokenFile() throws IOException {
    Path file = folder.resolve("bad.jsonl");
    Files.writeString(file, MEMORIES.replace("2026-02-02T12:00:00Z", "yesterday"));
    assertThat(run("import", file.toString())).isEqualTo(1);
    assertThat(err)
        .contains("bad.jsonl, line 5: \"created\" must be a time")
        .contains("Nothing was imported");
    Files.writeString(file, MEMORIES.replace("export\":1", "export\":2"));
    assertThat(run("import", file.toString())).isEqualTo(1);
    assertThat(err)
        .contains("line 1: an export of version 2; this version of Gild reads version 1");
    Files.writeString(file, "");
    assertThat(run("import", file.toString())).isEqualTo(1);
    assertThat(err).contains("is empty");
    assertThat(run("import", folder.resolve("none").toString())).isNotZero();
    run("show", "--tenants");
    assertThat(out).contains("No tenant.");
  }

  @Test
  void showsAndSearches() throws IOException {
    load();
    run("show", "--tenants");
    assertThat(out).containsPattern("\"acme\" +2 +0");
    run("show");
    assertThat(out).contains("Ann prefers e-mail.").doesNotContain("parcel");
    assertThat(run("search", "where is the parcel", "--tenant", "acme")).isZero();
    assertThat(out).contains("The parcel is in Paris.").contains("The parcel is in Lyon.");
    assertThat(run("search", "how to contact her", "--user", "bob")).isEqualTo(1);
    assertThat(out).contains("No memory of tenant \"\" fits.");
    assertThat(run("search", "x", "--as-of", "yesterday")).isEqualTo(1);
    assertThat(err).contains("--as-of must be a time");
    assertThat(run("show", "none")).isEqualTo(1);
    assertThat(out).contains("has no memory none");
  }

  @Test
  void consolidatesAndUndoes() throws IOException {
    load();
    run("consolidate", "--dry-run");
    assertThat(out)
        .containsPattern("merge +a +Ann prefers e-mail. +another memory contains its words: b");
    assertThat(out).contains("Would change 1 of 2 memories.");
    run("consolidate", "--tenant", "acme");
    assertThat(out).contains("supersede").contains("Changed 1 of 2 memories.");
    Matcher undo = Pattern.compile("gild memory undo (\\S+) undoes it").matcher(out);
    assertThat(undo.find()).isTrue();
    run("consolidate", "--tenant", "acme");
    assertThat(out).contains("Nothing to do for 2 memories.");
    run("search", "parcel", "--tenant", "acme");
    assertThat(out).doesNotContain("Lyon");
    run("search", "parcel", "--tenant", "acme", "--as-of", "2026-02-02T00:00:00Z");
    assertThat(out).contains("Lyon");
    assertThat(run("undo", undo.group(1), "--tenant", "acme")).isZero();
    assertThat(out).contains("1 memories are restored.");
    assertThat(run("undo", undo.group(1), "--tenant", "acme")).isEqualTo(1);
  }

  @Test
  void forgetsWithoutALeftByte() throws IOException {
    load();
    assertThat(run("forget")).isEqualTo(2);
    assertThat(run("forget", "--id", "a")).isZero();
    assertThat(run("forget", "--id", "a")).isEqualTo(1);
    assertThat(run("forget", "--user", "ann")).isZero();
    assertThat(run("forget", "--everything", "--tenant", "acme")).isZero();
    assertThat(out).contains("2 memories and sessions are forgotten.");
    try (var files = Files.walk(folder.resolve("data"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".jsonl"))).isEmpty();
    }
  }

  @Test
  void showsTheSessionsOfAFolderInUse() throws IOException {
    Path settings = folder.resolve("gild.yaml");
    Files.writeString(settings, "memory: {session: {store: folder}}\n");
    Path data = Files.createDirectories(folder.resolve("data"));
    try (FolderSessionStore inUse =
        new FolderSessionStore(data.resolve("sessions"), Clock.SYSTEM)) {
      inUse.change(
          new SessionKey("acme", "support", "42"),
          SessionChange.builder().append(List.of(SessionMessage.of(Role.USER, "Hello!"))).build());
      String file = settings.toString();
      assertThat(run("show", "--sessions", "--tenant", "acme", "--settings", file)).isZero();
      assertThat(out).containsPattern("support +42 +1 +2 +never");
      run("show", "--session", "42", "--agent", "support", "--tenant", "acme", "--settings", file);
      assertThat(out).contains("user: Hello!");
      assertThat(run("forget", "--session", "42", "--tenant", "acme", "--settings", file))
          .isEqualTo(1);
      assertThat(err).contains("is used by process " + ProcessHandle.current().pid());
    }
    assertThat(run("show", "--sessions")).isEqualTo(1);
    assertThat(out).contains("memory.session.store is in-process");
  }

  @Test
  void embedsAgain() throws IOException {
    load();
    Path file = folder.resolve("data/memories/acme.jsonl");
    Files.writeString(file, Files.readString(file).replace("hashed n-grams", "another model"));
    assertThat(run("show", "--tenant", "acme")).isEqualTo(1);
    assertThat(err).contains("gild memory reembed");
    assertThat(run("reembed")).isZero();
    assertThat(out).contains("4 memories have new vectors.");
    assertThat(run("show", "--tenant", "acme")).isZero();
    assertThat(out).contains("The parcel is in Paris.");
  }

  private int load() throws IOException {
    Path file = folder.resolve("m.jsonl");
    Files.writeString(file, MEMORIES);
    return run("import", file.toString());
  }

  private int run(String command, String... args) {
    List<String> all = new ArrayList<>(List.of("memory", command));
    all.addAll(List.of(args));
    all.addAll(List.of("--data", folder.resolve("data").toString()));
    StringWriter printed = new StringWriter();
    StringWriter failed = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(printed, true));
    line.setErr(new PrintWriter(failed, true));
    int status = line.execute(all.toArray(String[]::new));
    out = printed.toString();
    err = failed.toString();
    return status;
  }
}
