package io.gild.versions;

import io.gild.core.spi.ContextCarrier;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The side that a caller asks for, on this thread, on the threads that continue its calls, and in
 * the processes that it calls.
 */
final class VersionOverride implements ContextCarrier {

  /** The header of requests; its value is the name of a side. */
  static final String HEADER = "gild-version";

  private static final String BAGGAGE = "baggage";
  private static final String MEMBER = "gild.version=";

  private static final ThreadLocal<@Nullable VersionSide> SIDE = new ThreadLocal<>();

  static @Nullable VersionSide current() {
    return SIDE.get();
  }

  /** Sets the side of this thread; returns the one before. */
  static @Nullable VersionSide set(@Nullable VersionSide side) {
    VersionSide before = SIDE.get();
    if (side == null) {
      SIDE.remove();
    } else {
      SIDE.set(side);
    }
    return before;
  }

  @Override
  public Captured capture() {
    return installs(current());
  }

  private static Captured installs(@Nullable VersionSide side) {
    return () -> {
      VersionSide before = set(side);
      return () -> set(before);
    };
  }

  @Override
  public void inject(BiConsumer<String, String> headers) {
    VersionSide side = current();
    if (side != null) {
      headers.accept(HEADER, side.toString());
    }
  }

  @Override
  public @Nullable Captured extract(Function<String, @Nullable String> headers) {
    String named = headers.apply(HEADER);
    VersionSide side = side(named == null ? member(headers.apply(BAGGAGE)) : named);
    return side == null ? null : installs(side);
  }

  /** Returns the value in a header of W3C Baggage; null if it has none. */
  private static @Nullable String member(@Nullable String baggage) {
    if (baggage != null) {
      for (String member : baggage.split(",", -1)) {
        String entry = member.split(";", 2)[0].strip();
        if (entry.startsWith(MEMBER)) {
          return entry.substring(MEMBER.length());
        }
      }
    }
    return null;
  }

  private static @Nullable VersionSide side(@Nullable String name) {
    String known = name == null ? "" : name.strip().toLowerCase(Locale.ROOT);
    for (VersionSide side : VersionSide.values()) {
      if (side.toString().equals(known)) {
        return side;
      }
    }
    return null;
  }
}
