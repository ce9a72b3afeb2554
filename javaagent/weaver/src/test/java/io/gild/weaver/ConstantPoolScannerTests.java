package io.gild.weaver;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.AnnotatedDesk;
import com.acme.ModelDesk;
import com.acme.Shapes;
import dev.langchain4j.http.client.jdk.JdkHttpClient;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConstantPoolScannerTests {

  private final ConstantPoolScanner scanner =
      new ConstantPoolScanner(
          List.of(
              "dev/langchain4j/http/client/HttpClient", "dev/langchain4j/model/chat/ChatModel"));

  @Test
  void findsAnnotatedClasses() throws IOException {
    assertThat(scanner.matches(classFile(AnnotatedDesk.class))).isTrue();
  }

  @Test
  void findsImplementationsOfAnInterface() throws IOException {
    assertThat(scanner.matches(classFile(JdkHttpClient.class))).isTrue();
  }

  @Test
  void passesClassesThatMerelyUseAnInterface() throws IOException {
    assertThat(scanner.matches(classFile(ModelDesk.class))).isFalse();
  }

  @Test
  void passesOrdinaryClasses() throws IOException {
    assertThat(scanner.matches(classFile(Shapes.class))).isFalse();
    assertThat(scanner.matches(classFile(String.class))).isFalse();
  }

  @Test
  void passesWhatIsNoClassFile() throws IOException {
    assertThat(scanner.matches(new byte[0])).isFalse();
    assertThat(scanner.matches(new byte[100])).isFalse();
    byte[] whole = classFile(Shapes.class);
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
