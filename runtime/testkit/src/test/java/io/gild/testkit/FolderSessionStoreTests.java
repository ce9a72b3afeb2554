package io.gild.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.memory.FolderSessionStore;
import io.gild.memory.MemoryException;
import io.gild.memory.SessionChange;
import io.gild.memory.SessionKey;
import io.gild.memory.SessionLimits;
import io.gild.memory.SessionMessage;
import io.gild.memory.SessionMessage.Role;
import io.gild.memory.SessionSnapshot;
import io.gild.memory.spi.SessionStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSessionStoreTests extends SessionStoreContract {

  private static final SessionKey KEY = new SessionKey("acme", "support", "42");

  @TempDir Path folder;
  private final ManualClock clock = ManualClock.create();

  @Override
  protected SessionStore create() {
    return new FolderSessionStore(folder.resolve("sessions"), clock);
  }

  @Override
  protected void pass(Duration duration) {
    clock.advance(duration);
  }

  private Path other() {
    return folder.resolve("other");
  }

  private FolderSessionStore openOther() {
    return new FolderSessionStore(other(), clock);
  }

  @Test
  void readsWhatAnEarlierStoreWrote() {
    SessionSnapshot before;
    try (FolderSessionStore first = openOther()) {
      first.change(KEY, hello("hi").pin("absent", true).build());
      SessionMessage pinned = SessionMessage.of("p", Role.USER, "p", clock.now());
      first.change(KEY, SessionChange.builder().append(List.of(pinned)).pin("p", true).build());
      SessionChange.Builder last = hello("there").timeToLive(Duration.ofDays(1));
      first.change(KEY, last.trim(new SessionLimits(2, 100)).build());
      before = first.read(KEY);
    }
    try (FolderSessionStore second = openOther()) {
      assertThat(second.read(KEY)).isEqualTo(before);
      assertThat(before.messages()).extracting(SessionMessage::text).containsExactly("p", "there");
      assertThat(second.sessions("acme")).containsExactly(KEY);
      assertThat(second.tenants()).containsExactly("acme");
    }
  }

  @Test
  void namesTheProcessThatUsesTheFolder() {
    try (FolderSessionStore first = openOther()) {
      assertThatThrownBy(this::openOther)
          .isInstanceOf(MemoryException.class)
          .hasMessageContaining(other() + " is used by process " + ProcessHandle.current().pid())
          .hasMessageContaining("name another folder");
      first.change(KEY, hello("hi").build());
    }
    openOther().close();
  }

  @Test
  void ignoresAnUnfinishedLastLine() throws IOException {
    try (FolderSessionStore first = openOther()) {
      first.change(KEY, hello("hi").build());
    }
    Files.writeString(
        files().journal(), "{\"revision\":2,\"added\":[{\"id\":\"torn", StandardOpenOption.APPEND);
    try (FolderSessionStore second = openOther()) {
      assertThat(second.read(KEY).messages()).hasSize(1);
      second.change(KEY, hello("again").build());
    }
    try (FolderSessionStore third = openOther()) {
      assertThat(third.read(KEY).messages())
          .extracting(SessionMessage::text)
          .containsExactly("hi", "again");
    }
  }

  @Test
  void rejectsAFileOfAnotherVersion() throws IOException {
    try (FolderSessionStore first = openOther()) {
      first.change(KEY, hello("hi").build());
    }
    Path file = files().journal();
    Files.writeString(
        file, Files.readString(file).replace("\"gild-session\":1", "\"gild-session\":9"));
    try (FolderSessionStore second = openOther()) {
      assertThatThrownBy(() -> second.read(KEY))
          .isInstanceOf(MemoryException.class)
          .hasMessageContaining("line 1")
          .hasMessageContaining("version 9; this version of Gild reads version 1");
      assertThatThrownBy(() -> second.change(KEY, hello("lost").build()))
          .isInstanceOf(MemoryException.class);
    }
  }

  @Test
  void leavesNoByteOfARemovedMessage() throws IOException {
    try (FolderSessionStore store = openOther()) {
      SessionMessage secret = SessionMessage.of(Role.USER, "my card is 4711");
      store.change(KEY, SessionChange.builder().append(List.of(secret)).build());
      store.change(KEY, hello("hi").build());
      assertThat(files().anyContains("4711")).isTrue();
      store.change(KEY, SessionChange.builder().remove(List.of(secret.id())).build());
      assertThat(files().anyContains("4711")).isFalse();
      assertThat(store.read(KEY).messages()).hasSize(1);
      store.delete(KEY);
      assertThat(files().all()).noneMatch(file -> file.toString().endsWith(".jsonl"));
    }
  }

  @Test
  void keepsFilesSmallAndPrivate() throws IOException {
    try (FolderSessionStore store = openOther()) {
      for (int i = 0; i < 2_000; i++) {
        store.change(
            KEY, hello("a longer message, number " + i).trim(new SessionLimits(5, 1_000)).build());
      }
      assertThat(Files.size(files().journal())).isLessThan(200_000);
      assertThat(Files.getPosixFilePermissions(files().journal()))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void deletesFilesOfExpiredSessions() {
    try (FolderSessionStore store = openOther()) {
      store.change(KEY, hello("hi").timeToLive(Duration.ofSeconds(1)).build());
      assertThat(store.removeExpired()).isZero();
      clock.advance(Duration.ofSeconds(2));
      assertThat(store.removeExpired()).isEqualTo(1);
      assertThat(files().all()).noneMatch(file -> file.toString().endsWith(".jsonl"));
    }
  }

  private StoredFiles files() {
    return new StoredFiles(other());
  }

  private SessionChange.Builder hello(String text) {
    return SessionChange.builder().append(List.of(SessionMessage.of(Role.USER, text)));
  }
}
