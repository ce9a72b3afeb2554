package io.gild.observability;

import com.google.auto.service.AutoService;
import io.gild.config.Experimental;
import java.util.HashMap;
import java.util.Map;
import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.core.util.ContextDataProvider;

/**
 * Gives the {@linkplain LogContext ids} of the thread's call to the log events of Log4j 2.13.2 and
 * later; its service loader finds it. A key of the application's thread context keeps its value.
 *
 * <p>It is found on the class path only: a module that provides a service of an absent module does
 * not start on Java 17. Thread-safe.
 */
@Experimental
@SuppressWarnings("exports") // Log4j alone uses it
@AutoService(ContextDataProvider.class)
public final class LogContextDataProvider implements ContextDataProvider {

  /** Creates the provider; the service loader does. */
  public LogContextDataProvider() {}

  @Override
  public Map<String, String> supplyContextData() {
    Map<String, String> ids = LogContext.current();
    if (ids.isEmpty() || ThreadContext.isEmpty()) {
      return ids;
    }
    Map<String, String> absent = new HashMap<>(ids);
    absent.keySet().removeIf(ThreadContext::containsKey);
    return absent;
  }
}
