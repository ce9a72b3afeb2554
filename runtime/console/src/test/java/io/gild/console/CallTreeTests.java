package io.gild.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class CallTreeTests {

  private static final int MANY = 30_000;

  private final List<CallRow> rows = new ArrayList<>();

  private final CallRows source =
      new CallRows() {
        @Override
        public void newestFirst(Predicate<CallRow> visitor) {
          for (int i = rows.size() - 1; i >= 0; i--) {
            if (!visitor.test(rows.get(i))) {
              return;
            }
          }
        }

        @Override
        public long capacity() {
          return MANY;
        }

        @Override
        public long held() {
          return rows.size();
        }

        @Override
        public long overwritten() {
          return 0;
        }

        @Override
        public long dropped() {
          return 0;
        }
      };

  private void add(long number, long parent) {
    CallRow row = new CallRow();
    row.number = number;
    row.parent = parent;
    row.root = 1;
    row.agent = "support";
    row.method = "m" + number % 7;
    row.kind = CallRow.Kind.AGENT;
    row.startNanos = number * 1_000;
    row.endMillis = 1_000;
    rows.add(row);
  }

  private CallTree tree() {
    return Objects.requireNonNull(CallTree.read(source, 1));
  }

  @Test
  void putsThirtyThousandSpansInDepthFirstOrder() {
    add(1, 0);
    for (int i = 2; i <= MANY; i++) {
      add(i, i / 3 + 1 == i ? 1 : Math.max(1, i / 3));
    }
    List<CallTree.Span> spans = tree().spans();
    assertThat(spans).hasSize(MANY);
    for (int i = 1; i < MANY; i++) {
      CallTree.Span span = spans.get(i);
      assertThat(span.parent()).isLessThan(i);
      assertThat(spans.get(span.parent()).row().number).isEqualTo(span.row().parent);
    }
    Map<?, ?> columns = tree().columns("4711", MANY);
    assertThat(columns.get("total")).isEqualTo(MANY);
    assertThat((List<?>) columns.get("strings")).hasSize(7);
    assertThat(tree().columns("4711", 100)).containsEntry("shown", 100);
  }

  @Test
  void readsATreeAsDeepAsItIsLong() {
    add(1, 0);
    for (int i = 2; i <= MANY; i++) {
      add(i, i - 1);
    }
    assertThat(tree().spans()).extracting(CallTree.Span::parent).endsWith(MANY - 2);
  }

  @Test
  void putsSpansWithoutTheirParentBelowTheCall() {
    add(1, 0);
    add(5, 4);
    assertThat(tree().spans()).extracting(CallTree.Span::parent).containsExactly(-1, 0);
  }

  @Test
  void readsTheTreeOfACallInside() {
    add(1, 0);
    add(2, 1);
    add(3, 2);
    add(4, 1);
    CallTree inside = Objects.requireNonNull(CallTree.read(source, 2));
    assertThat(inside.spans()).extracting(span -> span.row().number).containsExactly(2L, 3L);
    assertThat(tree().below(2).spans())
        .extracting(span -> span.row().number)
        .containsExactly(2L, 3L);
  }

  @Test
  void showsACallOfWhichOnlyTheInsideIsKnown() {
    add(2, 1);
    assertThat(tree().call().outcome).isEqualTo(CallRow.Outcome.RUNNING);
    assertThat(tree().spans()).hasSize(2);
    assertThat(CallTree.read(source, 77)).isNull();
  }
}
