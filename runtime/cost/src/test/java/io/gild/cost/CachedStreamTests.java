package io.gild.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.PolicyTree;
import io.gild.config.Settings;
import io.gild.core.CallKind;
import io.gild.core.Counts.Event;
import io.gild.core.Effect;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedIterator;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.core.MethodSpec.Parameter;
import io.gild.core.MethodSpec.Role;
import io.gild.core.StreamListener;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CachedStreamTests {

  private final AtomicInteger runs = new AtomicInteger();

  @Test
  void replaysAPulledStreamAsAStream() {
    GovernedMethod method = method("Ljava/util/Iterator;");

    assertThat(pull(method, 3)).containsExactly("a", "b", "c");
    assertThat(pull(method, 3)).containsExactly("a", "b", "c");
    assertThat(runs).hasValue(1);
    assertThat(method.counts().get(Event.CACHE_HIT)).isEqualTo(1);
  }

  @Test
  void doesNotKeepAStreamThatIsClosedEarly() {
    GovernedMethod method = method("Ljava/util/Iterator;");

    assertThat(pull(method, 1)).containsExactly("a");
    assertThat(pull(method, 3)).containsExactly("a", "b", "c");
    assertThat(runs).hasValue(2);
  }

  private List<String> pull(GovernedMethod method, int most) {
    List<String> all = new ArrayList<>();
    try (GovernedIterator<String> elements =
        method.pull(
            null,
            arguments -> {
              runs.incrementAndGet();
              Iterator<String> own = List.of("a", "b", "c").iterator();
              return own;
            },
            StreamListener.Factory.NONE,
            "question")) {
      while (all.size() < most && elements.hasNext()) {
        all.add(elements.next());
      }
      if (most > 2) {
        assertThat(elements.hasNext()).isFalse();
      }
    }
    return all;
  }

  @Test
  void replaysAPublisherToEachSubscriber() throws Exception {
    GovernedMethod method = method("Ljava/util/concurrent/Flow$Publisher;");

    assertThat(subscribe(method, false)).containsExactly("a", "b", "c");
    assertThat(subscribe(method, false)).containsExactly("a", "b", "c");
    assertThat(runs).hasValue(1);
  }

  @Test
  void neverKeepsAStreamThatFailed() throws Exception {
    GovernedMethod method = method("Ljava/util/concurrent/Flow$Publisher;");

    assertThat(subscribe(method, true)).containsExactly("a", "b", "c", "broken");
    assertThat(subscribe(method, false)).containsExactly("a", "b", "c");
    assertThat(subscribe(method, true)).containsExactly("a", "b", "c");
    assertThat(runs).hasValue(2);
  }

  @SuppressWarnings("unchecked") // the type of the stream that is given
  private List<Object> subscribe(GovernedMethod method, boolean failing) throws Exception {
    Flow.Publisher<Object> publisher =
        (Flow.Publisher<Object>)
            method.callStream(
                Flow.Publisher.class,
                null,
                arguments -> source(failing),
                StreamListener.Factory.NONE,
                false,
                "question");
    List<Object> all = new ArrayList<>();
    CompletableFuture<Void> over = new CompletableFuture<>();
    publisher.subscribe(
        new Flow.Subscriber<>() {
          @Override
          public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
          }

          @Override
          public void onNext(Object element) {
            all.add(element);
          }

          @Override
          public void onError(Throwable failure) {
            all.add(String.valueOf(failure.getMessage()));
            over.complete(null);
          }

          @Override
          public void onComplete() {
            over.complete(null);
          }
        });
    over.get(30, TimeUnit.SECONDS);
    return all;
  }

  private Flow.Publisher<String> source(boolean failing) {
    runs.incrementAndGet();
    return subscriber -> {
      SubmissionPublisher<String> publisher = new SubmissionPublisher<>(Runnable::run, 16);
      publisher.subscribe(subscriber);
      List.of("a", "b", "c").forEach(publisher::submit);
      if (failing) {
        publisher.closeExceptionally(new IllegalStateException("broken"));
      } else {
        publisher.close();
      }
    };
  }

  private static GovernedMethod method(String result) {
    return GildRuntime.builder()
        .settings(
            Settings.builder()
                .yaml(
                    "gild.yaml",
                    "mode: enforce\nagents:\n- match: com.acme.Desk#answer\n  cache: {ttl: 1h}\n")
                .build())
        .module(new CostModule())
        .build()
        .method(
            new MethodSpec(
                CallKind.AGENT,
                "support",
                "",
                "com.acme.Desk",
                "answer",
                "(Ljava/lang/String;)" + result,
                List.of(new Parameter("question", "java.lang.String", Role.PROMPT)),
                Effect.NONE,
                PolicyTree.empty()));
  }
}
