package io.gild.observability;

import io.gild.core.AgentCall;
import io.gild.core.MethodScope;
import io.gild.core.MethodVariant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The versions of one method as meters know them. Each rollout adds one; further versions share
 * their meters, to limit the number of time series. Thread-safe.
 */
final class MethodVersions {

  /** The tag of methods without a version. */
  static final String UNVERSIONED = "none";

  private static final int MOST = 50;
  private static final String OTHERS = "other";
  private static final String SHADOW = "-shadow";

  private final Set<String> known = ConcurrentHashMap.newKeySet();

  /** Returns the value of the tag {@code version}. */
  String tag(MethodScope method) {
    String name = name(method);
    if (!known.contains(name) && known.size() < MOST) {
      known.add(name);
    }
    return known.contains(name) ? name : OTHERS;
  }

  private static String name(MethodScope method) {
    String version = method.spec().version();
    String name = version.isEmpty() ? UNVERSIONED : version;
    return isShadow(method) ? name + SHADOW : name;
  }

  private static boolean isShadow(MethodScope method) {
    MethodVariant variant = method.variant();
    return variant != null && variant.isShadow();
  }

  /** Returns whether a call is made by a new version for a comparison only. */
  static boolean isShadow(AgentCall call) {
    return isShadow(call.method());
  }
}
