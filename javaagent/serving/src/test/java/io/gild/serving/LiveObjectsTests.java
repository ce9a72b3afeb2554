package io.gild.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveObjectsTests {

  private final LiveObjects objects = new LiveObjects();

  @Test
  void returnsTheNewestObject() {
    Object first = new Object();
    Object second = new Object();
    objects.add("Desk", first);
    objects.add("Desk", second);

    assertThat(objects.newest()).isEqualTo(new LiveObjects.Live(second, "Desk"));
    assertThat(objects.size()).isEqualTo(2);
    assertThat(first).isNotNull();
  }

  @Test
  void keepsAnObjectOnceWithTheClassOfItsLastConstructor() {
    Object desk = new Object();
    objects.add("Desk", desk);
    objects.add("SpecialDesk", desk);

    assertThat(objects.newest()).isEqualTo(new LiveObjects.Live(desk, "SpecialDesk"));
    assertThat(objects.size()).isEqualTo(1);
  }

  @Test
  void remembersThatThereWasAnObject() {
    assertThat(objects.hadAny()).isFalse();
    assertThat(objects.newest()).isNull();

    objects.add("Desk", new Object());

    assertThat(objects.hadAny()).isTrue();
  }

  @Test
  void returnsToAnOlderObjectOnceTheNewestIsGone() throws InterruptedException {
    Object old = new Object();
    objects.add("Desk", old);
    objects.add("Desk", new Object());

    for (int i = 0; i < 500 && objects.size() > 1; i++) {
      System.gc();
      Thread.sleep(10);
    }

    assertThat(objects.newest()).isEqualTo(new LiveObjects.Live(old, "Desk"));
  }

  @Test
  void forgetsTheOldestOfManyObjects() {
    List<Object> all = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      all.add(new Object());
      objects.add("Desk", all.get(i));
    }

    assertThat(objects.size()).isLessThan(100);
    assertThat(objects.newest()).isEqualTo(new LiveObjects.Live(all.get(999), "Desk"));
  }
}
