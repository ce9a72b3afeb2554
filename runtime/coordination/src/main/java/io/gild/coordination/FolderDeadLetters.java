package io.gild.coordination;

import io.gild.core.spi.Clock;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The dead letters of a folder whose engine may or may not be running, in this JVM or another. */
final class FolderDeadLetters implements DeadLetters {

  private final Path folder;
  private final DeadLetterBook book;

  FolderDeadLetters(Path folder) {
    this.folder = folder;
    this.book = new FolderDeadLetterBook(folder.toAbsolutePath());
  }

  @Override
  public List<DeadLetter> list() {
    return book.list();
  }

  @Override
  public Optional<DeadLetter> find(String id) {
    return book.find(id);
  }

  @Override
  public void replay(String id) {
    try (EmbeddedEngine engine =
        EmbeddedEngine.folder(folder, BrokerLimits.DEFAULT, Clock.SYSTEM)) {
      engine.deadLetters().replay(id);
    }
  }

  @Override
  public int drop(Collection<String> ids) {
    return list().isEmpty() ? 0 : book.drop(ids);
  }
}
