package io.gild.tokens;

import com.google.auto.service.AutoService;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import io.gild.config.Experimental;
import io.gild.cost.spi.TokenCounter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Counts tokens by JTokkit, for the models of OpenAI. An encoding is loaded with the first text
 * that needs it, which takes about a second and some 30 MB. Thread-safe.
 */
@Experimental
@SuppressWarnings("exports") // AutoService is read by the compiler alone
@AutoService(TokenCounter.class)
public final class JtokkitTokenCounter implements TokenCounter {

  private static final class Loaded {
    static final EncodingRegistry REGISTRY = Encodings.newLazyEncodingRegistry();
  }

  /** Creates a counter; the service loader does. */
  public JtokkitTokenCounter() {}

  @Override
  public int count(String model, CharSequence text) {
    EncodingType type = type(model);
    if (type == null) {
      return -1;
    }
    Encoding encoding = Loaded.REGISTRY.getEncoding(type);
    return encoding.countTokensOrdinary(text.toString());
  }

  /** Returns the encoding of a model; null if it is unknown. */
  static @Nullable EncodingType type(String model) {
    String name = model.toLowerCase(Locale.ROOT);
    name = name.substring(name.lastIndexOf('/') + 1); // without a gateway, such as openai/
    if (startsWith(name, "gpt-4o", "gpt-4.1", "gpt-4.5", "gpt-5", "chatgpt", "o1", "o3", "o4")) {
      return EncodingType.O200K_BASE;
    }
    boolean older = startsWith(name, "gpt-4", "gpt-3.5", "gpt-35", "text-embedding-");
    return older ? EncodingType.CL100K_BASE : null;
  }

  private static boolean startsWith(String name, String... starts) {
    for (String start : starts) {
      if (name.startsWith(start)) {
        return true;
      }
    }
    return false;
  }
}
