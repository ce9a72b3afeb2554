package io.gild.cost;

import io.gild.core.AgentCall;
import io.gild.core.CostDimension;
import io.gild.core.MethodSpec;
import io.gild.core.MethodSpec.Role;
import io.gild.core.ResultShape;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the key of a call: the arguments that matter, the tenant always among them.
 *
 * <p>Calls of a model's own methods are kept apart by model object, because two of them may be
 * configured differently. Answers of an application's own type are kept apart by class loader,
 * because the types of two applications are different, even if they have the same name.
 */
final class CacheKeys {

  static final Object ABSENT = new Object();

  private final boolean normalize;
  private final boolean perObject;
  private final boolean perLoader;

  /** Whether no parameter has the tenant, so that a label may. */
  private final boolean tenantless;

  /** Positions of the arguments in the key; null means all of them. */
  private final int @Nullable [] positions;

  CacheKeys(CachePolicy policy, MethodSpec spec) {
    this.normalize = policy.normalize();
    this.perObject = spec.kind().isModel();
    this.perLoader = !ofTheJdk(spec.descriptor());
    this.tenantless = spec.indexOf(Role.TENANT) < 0;
    this.positions = positions(policy, spec);
  }

  private CacheKeys(CacheKeys other, int[] positions) {
    this.normalize = other.normalize;
    this.perObject = other.perObject;
    this.perLoader = other.perLoader;
    this.tenantless = other.tenantless;
    this.positions = positions;
  }

  /**
   * Returns the keys of everything that changes an answer except its prompt; {@code null} if the
   * prompt is not part of the key.
   */
  @Nullable CacheKeys withoutPrompt(MethodSpec spec) {
    int prompt = spec.promptIndex();
    int[] chosen = positions;
    if (chosen == null || prompt < 0 || Arrays.stream(chosen).noneMatch(each -> each == prompt)) {
      return null;
    }
    int model = spec.indexOf(Role.MODEL);
    IntStream others = Arrays.stream(chosen).filter(each -> each != prompt);
    IntStream models = model < 0 ? IntStream.empty() : IntStream.of(model);
    return new CacheKeys(this, IntStream.concat(others, models).distinct().toArray());
  }

  private static int @Nullable [] positions(CachePolicy policy, MethodSpec spec) {
    List<MethodSpec.Parameter> parameters = spec.parameters();
    if (parameters.isEmpty()) {
      return null;
    }
    List<Integer> chosen = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      Role role = parameters.get(i).role();
      boolean named = policy.key().contains(parameters.get(i).name());
      boolean usual = policy.key().isEmpty() && role != Role.MODEL;
      if (role == Role.TENANT || named || usual) {
        chosen.add(i);
      }
    }
    return chosen.stream().mapToInt(Integer::intValue).toArray();
  }

  private static boolean ofTheJdk(String descriptor) {
    if (MethodSpec.isSuspending(descriptor)) {
      return false; // it may return any type
    }
    String returned = descriptor.substring(descriptor.indexOf(')') + 1);
    return !returned.startsWith("L") || returned.startsWith("Ljava/");
  }

  Object of(AgentCall call) {
    @Nullable Object[] arguments = call.arguments();
    String tenant = tenantless ? call.label(CostDimension.TENANT) : "";
    if (!perObject && !perLoader && tenant.isEmpty()) {
      if (positions == null && arguments.length == 1) {
        return part(arguments[0]);
      }
      if (positions != null && positions.length == 1) {
        return part(arguments[positions[0]]);
      }
    }
    List<Object> parts = common(call, tenant);
    int count = positions == null ? arguments.length : positions.length;
    for (int i = 0; i < count; i++) {
      parts.add(part(arguments[positions == null ? i : positions[i]]));
    }
    return parts;
  }

  /**
   * Returns the key of a request whose content is known: of its object, tenant and model, and the
   * rest of the content.
   */
  Object of(AgentCall call, int modelIndex, String rest) {
    List<Object> parts = common(call, tenantless ? call.label(CostDimension.TENANT) : "");
    parts.add(modelIndex < 0 ? ABSENT : part(call.argument(modelIndex)));
    parts.add(rest);
    return parts;
  }

  /** Returns whether the answers of a method may be repeated by another JVM. */
  boolean areShareable(MethodSpec spec) {
    boolean streams = ResultShape.of(spec.descriptor()) == ResultShape.STREAM;
    return !perObject && (!perLoader || streams);
  }

  /**
   * Writes what makes up the key: the tenant and the arguments that matter.
   *
   * @throws NotShareable if an argument has no canonical form
   */
  void write(AgentCall call, CanonicalForm form) {
    form.add(tenantless ? call.label(CostDimension.TENANT) : null);
    @Nullable Object[] arguments = call.arguments();
    int count = positions == null ? arguments.length : positions.length;
    form.add(count);
    for (int i = 0; i < count; i++) {
      Object argument = arguments[positions == null ? i : positions[i]];
      form.add(
          normalize && argument instanceof String text ? TextNormalizer.normalize(text) : argument);
    }
  }

  /** Writes how the key is made, so that keys that are made in another way differ. */
  void writeRule(CanonicalForm form) {
    form.add(normalize).add(tenantless).add(positions);
  }

  private List<Object> common(AgentCall call, String tenant) {
    List<Object> parts = new ArrayList<>(call.arguments().length + 2);
    Object self = call.self();
    if (perObject) {
      parts.add(new Identity(self, false));
    } else if (perLoader) {
      parts.add(new Identity(self == null ? null : self.getClass().getClassLoader(), true));
    }
    if (!tenant.isEmpty()) {
      parts.add(new Tenant(tenant));
    }
    return parts;
  }

  /** A tenant that a label names; equals no argument. */
  record Tenant(String name) {}

  private Object part(@Nullable Object argument) {
    if (argument == null) {
      return ABSENT;
    }
    if (normalize && argument instanceof String text) {
      return TextNormalizer.normalize(text);
    }
    Object copy = Copies.present(argument); // the caller may change its own later
    return copy.getClass().isArray() ? new Content(copy) : copy;
  }

  /** An array that equals another one with equal content. */
  record Content(Object array) {

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Content content && Objects.deepEquals(array, content.array);
    }

    @Override
    public int hashCode() {
      return Arrays.deepHashCode(new Object[] {array});
    }
  }

  /** An object that equals only itself, and may be collected while its answers are still cached. */
  static final class Identity extends WeakReference<@Nullable Object> {

    private final int hash;
    private final boolean nothing;
    private final boolean loader;

    Identity(@Nullable Object object, boolean loader) {
      super(object);
      this.loader = loader;
      this.hash = System.identityHashCode(object);
      this.nothing = object == null;
    }

    /** Returns whether it is a class loader, and not the object itself. */
    boolean isLoader() {
      return loader;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      if (this == other || !(other instanceof Identity identity)) {
        return this == other;
      }
      Object object = get();
      return nothing ? identity.nothing : object != null && identity.refersTo(object);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }
}
