package io.gild.weaver;

import io.gild.core.GildLog;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * The governed method of a woven method of one class loader; the application owns it. Referenced
 * weakly, because its state belongs to the application. Thread-safe.
 */
final class GovernedSite {

  private final LazyRuntime runtime;
  private final MethodSpec spec;
  private final @Nullable WeakReference<ClassLoader> loader;
  private WeakReference<@Nullable GovernedMethod> method = new WeakReference<>(null);

  /**
   * Creates a site.
   *
   * @param runtime governs the calls
   * @param spec describes the method
   * @param loader the loader of its class, or {@code null} for the JVM's own
   */
  GovernedSite(LazyRuntime runtime, MethodSpec spec, @Nullable ClassLoader loader) {
    this.runtime = runtime;
    this.spec = spec;
    this.loader = loader == null ? null : new WeakReference<>(loader);
  }

  MethodSpec spec() {
    return spec;
  }

  /** Returns the method, or {@code null} if calls cannot be governed. */
  @Nullable GovernedMethod method() {
    GovernedMethod known = method.get();
    return known == null ? find() : known;
  }

  private @Nullable GovernedMethod find() {
    GildRuntime known = runtime.get();
    if (known == null) {
      return null;
    }
    GovernedMethod found;
    try {
      Class<?> owner = Class.forName(spec.className(), false, loader == null ? null : loader.get());
      found = known.method(known.application(owner), spec);
    } catch (ClassNotFoundException | LinkageError unusual) {
      GildLog.faultOnce("Finding " + spec.className(), unusual);
      found = known.method(spec);
    }
    method = new WeakReference<>(found);
    return found;
  }
}
