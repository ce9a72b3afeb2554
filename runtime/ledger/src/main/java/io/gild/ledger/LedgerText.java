package io.gild.ledger;

import io.gild.config.Experimental;
import io.gild.config.Json;
import io.gild.config.TokenKind;
import io.gild.config.Usage;
import io.gild.core.Attribution;
import io.gild.core.CostDimension;
import io.gild.ledger.LedgerEntry.Kind;
import io.gild.ledger.LedgerEntry.Saving;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes entries as lines of JSON, and reads them. */
@Experimental
public final class LedgerText {

  private static final String TIME = "time";
  private static final String ID = "id";
  private static final String KIND = "kind";
  private static final String REQUESTS = "requests";
  private static final String TOKENS = "tokens";
  private static final String USD = "usd";
  private static final String ATTEMPT = "attempt";
  private static final String SHADOW = "shadow";
  private static final String SAVING = "saving";
  private static final CostDimension[] DIMENSIONS = CostDimension.values();
  private static final TokenKind[] TOKEN_KINDS = TokenKind.values();

  private LedgerText() {}

  /**
   * Writes an entry. Values that are usual are left out.
   *
   * @param entry the entry
   * @return an object of JSON without a line feed
   */
  public static String write(LedgerEntry entry) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put(TIME, entry.time().toString());
    line.put(ID, entry.id());
    if (entry.kind() != Kind.USAGE) {
      line.put(KIND, entry.kind().name().toLowerCase(Locale.ROOT));
    }
    if (entry.requests() != 1) {
      line.put(REQUESTS, entry.requests());
    }
    for (CostDimension dimension : DIMENSIONS) {
      String value = entry.attribution().get(dimension);
      if (!value.isEmpty()) {
        line.put(dimension.key(), value);
      }
    }
    Map<String, Object> tokens = tokens(entry.usage());
    if (!tokens.isEmpty()) {
      line.put(TOKENS, tokens);
    }
    BigDecimal usd = entry.usd();
    if (usd != null) {
      line.put(USD, plain(usd));
    }
    if (entry.attempt() != 1) {
      line.put(ATTEMPT, entry.attempt());
    }
    if (entry.shadow()) {
      line.put(SHADOW, true);
    }
    Saving saving = entry.saving();
    if (saving != null) {
      line.put(SAVING, saving(saving));
    }
    line.putAll(entry.more());
    return Json.write(line);
  }

  private static Map<String, Object> saving(Saving saving) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("source", saving.source());
    if (!saving.model().isEmpty()) {
      fields.put("model", saving.model());
    }
    fields.put(USD, plain(saving.usd()));
    return fields;
  }

  private static Map<String, Object> tokens(Usage usage) {
    Map<String, Object> tokens = new LinkedHashMap<>();
    for (TokenKind kind : TOKEN_KINDS) {
      if (usage.get(kind) > 0) {
        tokens.put(kind.field(), usage.get(kind));
      }
    }
    return tokens;
  }

  static String plain(BigDecimal usd) {
    return usd.signum() == 0 ? "0" : usd.stripTrailingZeros().toPlainString();
  }

  /**
   * Reads an entry.
   *
   * @param line as {@link #write} writes it; unknown fields are kept, unknown kinds of tokens are
   *     not
   * @return the entry
   * @throws IllegalArgumentException if the line is no entry, or of an unknown kind
   */
  public static LedgerEntry read(String line) {
    if (!(Json.read(line) instanceof Map<?, ?> fields)) {
      throw new IllegalArgumentException("the line must be an object of JSON");
    }
    try {
      return entry(fields);
    } catch (ClassCastException | DateTimeException | ArithmeticException wrong) {
      throw new IllegalArgumentException("the line has a field of the wrong form: " + wrong, wrong);
    }
  }

  private static LedgerEntry entry(Map<?, ?> fields) {
    Map<Object, Object> rest = new HashMap<>(fields);
    String id = text(rest.remove(ID));
    int dash = id.lastIndexOf('-');
    if (dash < 0) {
      throw new IllegalArgumentException(
          "id must be an origin and a number, but is \"" + id + "\"");
    }
    return new LedgerEntry(
        Instant.parse(text(rest.remove(TIME))),
        id.substring(0, dash),
        Long.parseLong(id.substring(dash + 1)),
        kind(rest.remove(KIND)),
        attribution(rest),
        number(rest.remove(REQUESTS), 1),
        usage(rest.remove(TOKENS)),
        usd(rest.remove(USD)),
        Math.toIntExact(number(rest.remove(ATTEMPT), 1)),
        Boolean.TRUE.equals(rest.remove(SHADOW)),
        saving(rest.remove(SAVING)),
        more(rest));
  }

  private static Kind kind(@Nullable Object value) {
    return value == null ? Kind.USAGE : Kind.valueOf(text(value).toUpperCase(Locale.ROOT));
  }

  private static Attribution attribution(Map<Object, Object> rest) {
    Map<CostDimension, String> values = new EnumMap<>(CostDimension.class);
    for (CostDimension dimension : DIMENSIONS) {
      if (rest.remove(dimension.key()) instanceof String value) {
        values.put(dimension, value);
      }
    }
    return new Attribution(values);
  }

  private static Usage usage(@Nullable Object value) {
    if (value == null) {
      return Usage.NONE;
    }
    Map<?, ?> tokens = (Map<?, ?>) value;
    return Usage.of(kind -> number(tokens.get(kind.field()), 0));
  }

  private static @Nullable BigDecimal usd(@Nullable Object value) {
    return value == null ? null : new BigDecimal(text(value));
  }

  private static @Nullable Saving saving(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    Map<?, ?> fields = (Map<?, ?>) value;
    Object model = fields.get("model");
    return new Saving(
        text(fields.get("source")),
        model == null ? "" : text(model),
        new BigDecimal(text(fields.get(USD))));
  }

  private static Map<String, Object> more(Map<Object, Object> rest) {
    Map<String, Object> more = new LinkedHashMap<>();
    rest.forEach((key, value) -> {
      if (value != null) {
        more.put((String) key, value);
      }
    });
    return more;
  }

  private static String text(@Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("a text was expected, but found " + value);
  }

  private static long number(@Nullable Object value, long usual) {
    if (value == null) {
      return usual;
    }
    if (value instanceof Number number) {
      return new BigDecimal(number.toString()).longValueExact();
    }
    throw new IllegalArgumentException("a number was expected, but found " + value);
  }
}
