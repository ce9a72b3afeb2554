package io.gild.libraries;

import io.gild.core.GildLog;
import io.gild.core.GovernedIterator;
import io.gild.core.WeakKeys;
import io.gild.weaver.ClassShape;
import io.gild.weaver.Foreign;
import io.gild.weaver.spi.JoinPoint;
import io.gild.weaver.spi.WovenCall;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Constructor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The streams that google-genai's callers pull from. Their class can be neither implemented nor
 * built without a response, so they are made without its constructor, and its methods are woven to
 * return Gild's chunks.
 */
final class GoogleStreams {

  static final String TYPE = "com/google/genai/ResponseStream";

  private final WeakKeys<GoogleStream> streams = new WeakKeys<>();

  /** Returns the join point of a method of the stream's class. */
  @Nullable JoinPoint joinPoint(ClassShape.Method method) {
    return switch (method.name()) {
      case "iterator", "close", "isConsumed" -> new Woven(method.name());
      default -> null;
    };
  }

  /**
   * Makes a stream without chunks.
   *
   * @param librarySibling an object of the same copy of the library
   * @return the caller's stream, or {@code null} if it cannot be made
   */
  @Nullable Object make(Object librarySibling) {
    try {
      Object factory =
          Foreign.make(librarySibling, "sun.reflect.ReflectionFactory", "getReflectionFactory");
      Object maker =
          Foreign.call(
              factory,
              "newConstructorForSerialization",
              Foreign.type(librarySibling, TYPE.replace('/', '.')),
              Object.class.getConstructor());
      Object shown = ((Constructor<?>) maker).newInstance();
      GoogleStream stream = new GoogleStream(shown);
      streams.put(shown, stream);
      if (Foreign.read(shown, "iterator") != stream) {
        throw new IllegalStateException("its iterator is not woven");
      }
      return shown;
    } catch (Throwable fault) {
      GildLog.faultOnce("Streams of google-genai", fault);
      return null;
    }
  }

  /** Connects the caller's stream to governed chunks. */
  void give(Object shown, Function<GoogleStream, GovernedIterator<Object>> opening) {
    GoogleStream stream = streams.get(shown);
    if (stream != null) {
      stream.give(opening.apply(stream));
    }
  }

  /** A method of a stream, replaced for streams that were made here. */
  private final class Woven implements JoinPoint {

    private final String name;

    Woven(String name) {
      this.name = name;
    }

    @Override
    public @Nullable Object enter(
        @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle) {
      GoogleStream stream = self == null ? null : streams.get(self);
      return stream == null ? null : WovenCall.Settled.returning(answer(stream));
    }

    private @Nullable Object answer(GoogleStream stream) {
      return switch (name) {
        case "iterator" -> stream;
        case "isConsumed" -> stream.isConsumed();
        default -> {
          stream.close();
          yield null;
        }
      };
    }

    @Override
    public boolean wantsHandle() {
      return false;
    }
  }
}
