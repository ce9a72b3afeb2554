package io.gild.core.spi;

import io.gild.config.Experimental;
import io.gild.core.TracedWork;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes spans of work that is no governed call, and describes the spans of calls. Thread-safe.
 *
 * <p>Values of attributes are texts, whole numbers ({@link Long}), fractions ({@link Double}) and
 * truth values. Attributes that contain what people or models wrote are left out unless content is
 * on.
 */
@Experimental
public interface WorkTracer {

  /**
   * Begins a span below the current one of the thread.
   *
   * @param work the work
   * @return receives its end; {@code null} if it is not traced
   */
  @Nullable Traced begin(TracedWork work);

  /**
   * Describes the span of the next call that the current thread begins, with any call around it.
   *
   * @param work replaces the name of the span unless its own name is empty, and adds attributes and
   *     a link
   * @return removes the description if no call has begun
   */
  Runnable next(TracedWork work);

  /**
   * Adds to the span of the innermost call of the current thread.
   *
   * @param attributes the attributes
   */
  void current(Map<String, Object> attributes);

  /** A span of work, for one thread at a time. Only its first end counts. */
  @Experimental
  interface Traced {

    /**
     * Makes the span the context of the current thread.
     *
     * @return removes it again
     */
    Runnable enter();

    /**
     * Adds attributes.
     *
     * @param attributes the attributes
     */
    void add(Map<String, Object> attributes);

    /**
     * Adds an event that happens now.
     *
     * @param name its name
     * @param attributes its attributes
     */
    void event(String name, Map<String, Object> attributes);

    /**
     * Ends the span.
     *
     * @param errorType the kind of the error; {@code null} if the work succeeded
     */
    void ended(@Nullable String errorType);
  }
}
