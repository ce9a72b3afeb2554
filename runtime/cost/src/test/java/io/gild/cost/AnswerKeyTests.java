package io.gild.cost;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswerKeyTests {

  private static final byte[] NAME = "partition and key".getBytes(UTF_8);
  private static final byte[] ANSWER = "the secret answer".getBytes(UTF_8);

  private static byte[] secret(int seed) {
    byte[] secret = new byte[AnswerKey.LENGTH];
    Arrays.fill(secret, (byte) seed);
    return secret;
  }

  private static String text(String id, int seed) {
    return id + ":" + Base64.getEncoder().encodeToString(secret(seed));
  }

  private final AnswerKey key = AnswerKey.of("a", secret(1));

  @Test
  void opensWhatItSealed() {
    byte[] sealed = key.seal(ANSWER, NAME);

    assertThat(key.open(sealed, NAME)).isEqualTo(ANSWER);
    assertThat(new String(sealed, UTF_8)).doesNotContain("secret");
    assertThat(key.seal(ANSWER, NAME)).as("another nonce").isNotEqualTo(sealed);
  }

  @Test
  void opensNothingUnderAnotherNameOrByAnotherKey() {
    byte[] sealed = key.seal(ANSWER, NAME);
    AnswerKey other = AnswerKey.of("a", secret(2));

    assertThatThrownBy(() -> key.open(sealed, "another".getBytes(UTF_8)))
        .isInstanceOf(NotShareable.class);
    assertThatThrownBy(() -> other.open(sealed, NAME)).isInstanceOf(NotShareable.class);
    assertThat(other.digest(NAME)).isNotEqualTo(key.digest(NAME));
    assertThat(AnswerKey.none().digest(NAME)).isNotEqualTo(key.digest(NAME));
  }

  @Test
  void rejectsEveryChangeAndEveryTruncation() {
    byte[] sealed = key.seal(ANSWER, NAME);
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThatThrownBy(() -> key.open(changed, NAME)).isInstanceOf(NotShareable.class);
      byte[] shorter = Arrays.copyOf(sealed, i);
      assertThatThrownBy(() -> key.open(shorter, NAME)).isInstanceOf(NotShareable.class);
    }
  }

  @Test
  void neverTakesClearAndEncryptedAnswersForEachOther() {
    AnswerKey none = AnswerKey.none();
    byte[] clear = none.seal(ANSWER, NAME);

    assertThat(none.open(clear, NAME)).isEqualTo(ANSWER);
    assertThatThrownBy(() -> key.open(clear, NAME)).isInstanceOf(NotShareable.class);
    byte[] sealed = key.seal(ANSWER, NAME);
    assertThatThrownBy(() -> none.open(sealed, NAME)).isInstanceOf(NotShareable.class);
  }

  @Test
  void readsSeveralKeysInTheirOrder(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("keys");
    Files.writeString(file, text("new", 2) + "\n" + text("old", 1) + "\n");

    List<AnswerKey> keys =
        AnswerKeys.of(new AnswerSettings("redis", "desk", true, "", file.toString(), 1));

    assertThat(keys).extracting(AnswerKey::id).containsExactly("key-new", "key-old");
    assertThat(keys.get(1).digest(NAME)).isEqualTo(key.digest(NAME));
  }

  @Test
  void namesWhatIsWrongWithoutShowingAKey() {
    String short16 = Base64.getEncoder().encodeToString(new byte[16]);
    for (String each :
        List.of(
            "a:" + short16,
            "SECRETPART",
            ":" + text("", 1),
            "a b:" + short16,
            text("a", 1) + "," + text("a", 2),
            "a:SECRETPART*")) {
      assertThatThrownBy(() -> AnswerKeys.parse(each, "the file"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("the file")
          .hasMessageContaining("openssl rand -base64 32")
          .hasMessageNotContaining("SECRETPART")
          .hasMessageNotContaining(short16);
    }
  }

  @Test
  void hasNoKeysUnlessTheSettingsNameThem() {
    assertThatThrownBy(() -> AnswerKeys.of(new AnswerSettings("redis", "desk", true, "", "", 1)))
        .hasMessageContaining("keys-env")
        .hasMessageContaining("encrypt: false");
    assertThatThrownBy(() ->
            AnswerKeys.of(new AnswerSettings("redis", "desk", true, "GILD_NO_SUCH_KEY", "", 1)))
        .hasMessageContaining("GILD_NO_SUCH_KEY");
    assertThatThrownBy(
            () -> AnswerKeys.of(new AnswerSettings("redis", "desk", true, "", "/no/such/file", 1)))
        .hasMessageContaining("keys-file");
    assertThat(AnswerKeys.of(new AnswerSettings("redis", "desk", false, "", "", 1))).hasSize(1);
  }
}
