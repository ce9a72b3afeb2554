package io.gild.coordination;

import io.gild.coordination.spi.EncodedEnvelope;
import io.gild.core.spi.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The dead letters of an engine in this JVM. */
final class BookDeadLetters implements DeadLetters {

  private final DeadLetterBook book;
  private final Clock clock;
  private final BiConsumer<DeadLetter, EncodedEnvelope> publisher;

  BookDeadLetters(
      DeadLetterBook book, Clock clock, BiConsumer<DeadLetter, EncodedEnvelope> publisher) {
    this.book = book;
    this.clock = clock;
    this.publisher = publisher;
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
    DeadLetter letter =
        find(id).orElseThrow(() -> new CoordinationException("There is no dead letter " + id));
    publisher.accept(letter, ReplayedLetters.encode(letter, clock.now()));
    drop(List.of(id));
  }

  @Override
  public int drop(Collection<String> ids) {
    return book.drop(ids);
  }
}
