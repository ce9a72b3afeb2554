package io.gild.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gild.config.Experimental;
import io.gild.synchronizers.Leader;
import io.gild.synchronizers.LeaderListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What elections do on every engine. A test of an engine extends this class. */
@Experimental
public abstract class LeaderContract extends SynchronizersContract {

  /** Creates the tests. */
  protected LeaderContract() {}

  /** Notes what it is notified of: a token, or 0 for a loss. */
  private static final class Notes implements LeaderListener {

    private final List<Long> all = new CopyOnWriteArrayList<>();

    @Override
    public void onElected(long token) {
      all.add(token);
    }

    @Override
    public void onLost() {
      all.add(0L);
    }

    private long token() {
      return all.get(all.size() - 1);
    }
  }

  @Test
  void electsOneAndThenTheNext() throws Exception {
    Notes here = new Notes();
    Notes there = new Notes();
    Leader first = peer().synchronizers().leader(name, here);
    until("the first is elected", () -> here.all.size() == 1);
    Leader second = peer().synchronizers().leader(name, there);
    assertTrue(first.isLeader());
    assertEquals(here.token(), first.token().orElseThrow());
    assertFalse(second.isLeader());

    first.close();

    until("the second is elected", () -> there.all.size() == 1);
    until("the first is notified", () -> here.all.size() == 2);
    assertTrue(second.isLeader());
    assertFalse(first.isLeader());
    assertEquals(0, here.token());
    assertTrue(there.token() > here.all.get(0));
    second.close();
  }

  @Test
  void joinsAgainAfterItResigned() throws Exception {
    Notes here = new Notes();
    Notes there = new Notes();
    Leader first = peer().synchronizers().leader(name, here);
    until("the first is elected", () -> here.all.size() == 1);
    Leader second = peer().synchronizers().leader(name, there);
    until(
        "the second is elected in turn",
        () -> {
          first.resign();
          return !there.all.isEmpty();
        });
    until("the first stepped down", () -> !first.isLeader());
    second.resign();

    until("the first is elected again", first::isLeader);
    until("it is notified of both", () -> here.all.size() >= 3);
    first.close();
    second.close();
  }

  @Test
  void replacesALeaderThatDied() throws Exception {
    Peer dying = peer();
    Notes here = new Notes();
    Notes there = new Notes();
    Leader first = dying.synchronizers().leader(name, here);
    until("the first is elected", first::isLeader);
    Leader second = peer().synchronizers().leader(name, there);
    dying.store().cut();

    until("the second is elected", second::isLeader);
    until("the first knows", () -> here.all.size() == 2);
    assertFalse(first.isLeader());
    dying.store().mend();
    second.close();
    until("the first is elected again", first::isLeader);
    first.close();
  }

  @Test
  void neverLeadsAfterItWasClosed() throws Exception {
    Notes notes = new Notes();
    Leader first = peer().synchronizers().leader(name, new Notes());
    until("the first is elected", first::isLeader);
    Leader second = peer().synchronizers().leader(name, notes);
    second.close();
    first.close();
    Leader third = peer().synchronizers().leader(name, new Notes());

    until("the third is elected", third::isLeader);
    assertTrue(notes.all.isEmpty());
    third.close();
  }
}
