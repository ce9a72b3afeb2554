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
 * built without a response, so they are made past its constructor, and its methods are woven to
 * give what Gild has for them.
 */
final class GoogleStreams {

  static final String TYPE = "com/google/genai/ResponseStream";

  private final WeakKeys<GoogleStream> streams = new WeakKeys<>();

  /** Returns what happens at a method of the stream's class. */
  @Nullable JoinPoint joinPoint(ClassShape.Method method) {
    return switch (method.name()) {
      case "iterator", "close", "isConsumed" -> new Woven(method.name());
      default -> null;
    };
  }

  /**
   * Makes a stream that has no pieces yet.
   *
   * @param librarySibling an object of the same copy of the library
   * @return what the caller is to see, or {@code null} if there is no way to make it
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

  /** Lets what the caller sees have governed pieces. */
  void give(Object shown, Function<GoogleStream, GovernedIterator<Object>> opening) {
    GoogleStream stream = streams.get(shown);
    if (stream != null) {
      stream.give(opening.apply(stream));
    }
  }

  /** A method of a stream, answered for those that were made here. */
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
