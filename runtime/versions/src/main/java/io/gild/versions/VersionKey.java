package io.gild.versions;

import io.gild.config.Experimental;
import io.gild.core.AgentCall;
import io.gild.core.MethodSpec;
import io.gild.core.MethodSpec.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What decides which version answers a call: calls with the same key are answered by the same
 * version. Immutable.
 *
 * <p>A key is an argument of the call, or of the nearest call around it that has such a parameter.
 */
@Experimental
public final class VersionKey {

  private static final VersionKey SESSION_OR_TENANT =
      new VersionKey(List.of(Role.SESSION, Role.TENANT), "", "@Session or @Tenant");
  private static final VersionKey SESSION = new VersionKey(List.of(Role.SESSION), "", "@Session");
  private static final VersionKey TENANT = new VersionKey(List.of(Role.TENANT), "", "@Tenant");
  private static final VersionKey NONE = new VersionKey(List.of(), "", "");

  private final List<Role> roles;
  private final String parameter;
  private final String what;

  private VersionKey(List<Role> roles, String parameter, String what) {
    this.roles = roles;
    this.parameter = parameter;
    this.what = what;
  }

  /**
   * Returns the key of most rollouts: the session or, without one, the tenant.
   *
   * @return the parameter with {@code @Session}, or else the one with {@code @Tenant}
   */
  public static VersionKey sessionOrTenant() {
    return SESSION_OR_TENANT;
  }

  /**
   * Returns the session as the key: a conversation stays with its version.
   *
   * @return the parameter with {@code @Session}
   */
  public static VersionKey session() {
    return SESSION;
  }

  /**
   * Returns the tenant as the key: a customer stays with its version.
   *
   * @return the parameter with {@code @Tenant}
   */
  public static VersionKey tenant() {
    return TENANT;
  }

  /**
   * Returns a parameter as the key, such as the id of a user.
   *
   * @param name name of the parameter in the source
   * @return the parameter with that name
   */
  public static VersionKey parameter(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("parameter must be a name, but is blank");
    }
    return new VersionKey(List.of(), name, "the name \"" + name + "\"");
  }

  /**
   * Returns no key: each call is answered by a version at random.
   *
   * @return the absence of a key
   */
  public static VersionKey none() {
    return NONE;
  }

  boolean isNone() {
    return this == NONE;
  }

  /** Returns which parameters have the key, for messages. */
  String what() {
    return what;
  }

  /** Returns the key of a call; null if there is none. */
  @Nullable String of(MethodSpec spec, @Nullable Object[] arguments, @Nullable AgentCall outer) {
    for (Role role : roles) {
      String key = text(spec.indexOf(role), arguments);
      for (AgentCall call = outer; key == null && call != null; call = call.parent()) {
        key = text(call.method().spec().indexOf(role), call.arguments());
      }
      if (key != null) {
        return key;
      }
    }
    return parameter.isEmpty() ? null : byName(spec, arguments, outer);
  }

  private @Nullable String byName(
      MethodSpec spec, @Nullable Object[] arguments, @Nullable AgentCall outer) {
    String key = text(indexOf(spec), arguments);
    for (AgentCall call = outer; key == null && call != null; call = call.parent()) {
      key = text(indexOf(call.method().spec()), call.arguments());
    }
    return key;
  }

  private int indexOf(MethodSpec spec) {
    for (int i = 0; i < spec.parameters().size(); i++) {
      if (spec.parameters().get(i).name().equals(parameter)) {
        return i;
      }
    }
    return -1;
  }

  /** Returns an argument as text; null if it is absent or empty. */
  private static @Nullable String text(int index, @Nullable Object[] arguments) {
    Object value = index < 0 || index >= arguments.length ? null : arguments[index];
    String text = value == null ? "" : value.toString();
    return text.isEmpty() ? null : text;
  }
}
