package io.gild.ledger;

import io.gild.config.Experimental;
import io.gild.config.Journal;
import io.gild.config.JournalReader;
import io.gild.config.Json;
import io.gild.config.Settings;
import io.gild.core.Attribution;
import io.gild.core.CostDimension;
import io.gild.ledger.LedgerSettings.Form;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Writes identifiers as the settings say. A hash is HMAC-SHA256 with a secret key, cut to 64 bits,
 * so that no list of names finds the one behind it. Thread-safe.
 */
@Experimental
public final class LedgerIds {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_BYTES = 32;
  private static final int HASH_BYTES = 8;
  private static final int MOST_KNOWN = 1_000;

  private final LedgerSettings.Ids forms;
  private final @Nullable Path keyFile;
  private byte @Nullable [] key;

  /** The newest hashes; the same users come again and again. */
  private final Map<String, String> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > MOST_KNOWN;
        }
      };

  LedgerIds(LedgerSettings.Ids forms, @Nullable Path keyFile) {
    this.forms = forms;
    this.keyFile = keyFile;
  }

  /**
   * Returns what writes identifiers by the settings; touches no file.
   *
   * @param settings the settings
   * @return the writer
   */
  public static LedgerIds of(Settings settings) {
    return new LedgerIds(settings.get(LedgerSettings.SECTION).ids(), Ledgers.hashKey(settings));
  }

  /**
   * Returns an identifier as the ledger has it.
   *
   * @param dimension what it identifies
   * @param value the identifier
   * @return the text; empty if it is not written at all
   * @throws IOException if the key of the hashes cannot be read or made
   */
  public synchronized String written(CostDimension dimension, String value) throws IOException {
    return switch (form(dimension)) {
      case PLAIN -> value;
      case OFF -> "";
      case HASH -> value.isEmpty() ? "" : hash(dimension, value);
    };
  }

  Attribution written(Attribution attribution) throws IOException {
    Map<CostDimension, String> values = new EnumMap<>(CostDimension.class);
    for (Map.Entry<CostDimension, String> each : attribution.values().entrySet()) {
      values.put(each.getKey(), written(each.getKey(), each.getValue()));
    }
    return new Attribution(values);
  }

  private Form form(CostDimension dimension) {
    return switch (dimension) {
      case TENANT -> forms.tenant();
      case USER -> forms.user();
      case SESSION -> forms.session();
      case TASK -> forms.task();
      default -> Form.PLAIN;
    };
  }

  private String hash(CostDimension dimension, String value) throws IOException {
    String text = dimension.key() + "\0" + value;
    String hash = known.get(text);
    if (hash == null) {
      hash = "#" + HexFormat.of().formatHex(mac(text), 0, HASH_BYTES);
      known.put(text, hash);
    }
    return hash;
  }

  private byte[] mac(String text) throws IOException {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key(), ALGORITHM));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException(absent); // every Java has it
    }
  }

  private byte[] key() throws IOException {
    byte[] present = key;
    if (present == null) {
      Path file = keyFile;
      present = file == null ? HexFormat.of().parseHex(freshKey()) : sharedKey(file);
      key = present;
    }
    return present;
  }

  /** Reads the key, and makes it if it is missing; JVMs that do so at once get the same one. */
  private static byte[] sharedKey(Path keyFile) throws IOException {
    Journal file = Journal.builder(keyFile).durable().build();
    file.revise(lines -> {
      List<String> texts = lines.stream().map(JournalReader.Line::text).toList();
      return texts.isEmpty() ? List.of(Json.write(freshKey())) : texts;
    });
    try {
      if (Json.read(JournalReader.all(keyFile).get(0).text()) instanceof String text) {
        byte[] read = HexFormat.of().parseHex(text);
        if (read.length >= KEY_BYTES / 2) {
          return read;
        }
      }
    } catch (IllegalArgumentException wrong) {
      throw new IOException(expectation(keyFile), wrong);
    }
    throw new IOException(expectation(keyFile));
  }

  private static String expectation(Path keyFile) {
    return keyFile
        + " must hold the key of hashed identifiers: at least 32 hexadecimal digits in double quotes";
  }

  private static String freshKey() {
    byte[] bytes = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
