package io.gild.weaver;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.annotations.Retry;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class ConstantPoolScannerTests {

  private final ConstantPoolScanner scanner =
      new ConstantPoolScanner(List.of("java/lang/Runnable", "java/util/concurrent/Callable"));

  private static final class Annotated {
    @Retry
    String answer() {
      return "answer";
    }
  }

  private static final class Implementing implements Callable<String> {
    @Override
    public String call() {
      return "answer";
    }
  }

  private static final class Using {
    String answer(Callable<String> model) throws Exception {
      return model.call();
    }
  }

  private static final class Ordinary {
    String answer() {
      return "answer";
    }
  }

  @Test
  void findsAnnotatedClasses() throws IOException {
    assertThat(scanner.matches(classFile(Annotated.class))).isTrue();
  }

  @Test
  void findsImplementationsOfAnInterface() throws IOException {
    assertThat(scanner.matches(classFile(Implementing.class))).isTrue();
  }

  @Test
  void ignoresClassesThatOnlyUseAnInterface() throws IOException {
    assertThat(scanner.matches(classFile(Using.class))).isFalse();
  }

  @Test
  void ignoresOrdinaryClasses() throws IOException {
    assertThat(scanner.matches(classFile(Ordinary.class))).isFalse();
    assertThat(scanner.matches(classFile(String.class))).isFalse();
  }

  @Test
  void ignoresDataThatIsNotAClassFile() throws IOException {
    assertThat(scanner.matches(new byte[0])).isFalse();
    assertThat(scanner.matches(new byte[100])).isFalse();
    byte[] whole = classFile(Ordinary.class);
    for (int length = 0; length < whole.length; length += 7) {
      assertThat(scanner.matches(Arrays.copyOf(whole, length))).isFalse();
    }
  }

  static byte[] classFile(Class<?> type) throws IOException {
    try (InputStream in =
        type.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class")) {
      return in.readAllBytes();
    }
  }
}
