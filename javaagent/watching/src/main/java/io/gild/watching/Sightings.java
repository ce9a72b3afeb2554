package io.gild.watching;

import io.gild.config.Json;
import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.DescribesItself;
import io.gild.core.GildLog;
import io.gild.core.MethodSpec;
import io.gild.core.spi.Phase;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.gild.core.spi.StageProvider;
import io.gild.weaver.ApplicationStack;
import io.gild.weaver.CallSite;
import io.gild.weaver.ClassNames;
import io.gild.weaver.IgnoredClasses;
import io.gild.weaver.Inventory;
import io.gild.weaver.LibraryJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The findings of an inventory: the places that call models, with totals of their calls, and the
 * tools that ran. Written as JSON to a separate file of this JVM, every second and at the end.
 */
public final class Sightings implements StageProvider {

  private static final CallSite.Method NOWHERE = new CallSite.Method("", "", "");

  private final Path folder;
  private final Inventory inventory;
  private final ApplicationStack stack;
  private final long start = System.nanoTime();
  private final Map<Key, CallTotals> calls = new ConcurrentHashMap<>();
  private final Map<String, Set<Long>> answered = new ConcurrentHashMap<>();
  private final Map<String, Tool> tools = new ConcurrentHashMap<>();

  /** Totals of calls. */
  private record Key(CallSite site, CallKind kind, String api, String library) {}

  /** Runs of one tool. */
  private static final class Tool {
    private final LongAdder runs = new LongAdder();
    private final LongAdder failed = new LongAdder();
  }

  /**
   * Creates the sightings of this JVM.
   *
   * @param folder folder of the file that they are written to
   * @param inventory lists the woven methods
   * @param ignored classes that are not the application's
   */
  public Sightings(Path folder, Inventory inventory, IgnoredClasses ignored) {
    this.folder = folder;
    this.inventory = inventory;
    this.stack = new ApplicationStack(ignored);
  }

  @Override
  public Phase phase() {
    return Phase.OBSERVE;
  }

  @Override
  public @Nullable Stage stage(StageContext context) {
    return switch (context.spec().kind()) {
      case CHAT, EMBEDDINGS -> new Watch(context);
      case TOOL -> new ToolWatch(tool(context.spec().methodName()));
      case AGENT -> null;
    };
  }

  /** Returns the finder of the application's places. */
  public ApplicationStack stack() {
    return stack;
  }

  private Tool tool(String name) {
    return tools.computeIfAbsent(name, absent -> new Tool());
  }

  private CallTotals callsOf(AgentCall call) {
    MethodSpec spec = call.method().spec();
    Object self = call.self();
    CallSite site = stack.find(call);
    return calls.computeIfAbsent(
        new Key(
            site == null ? new CallSite("", NOWHERE, NOWHERE, 0) : site,
            spec.kind(),
            ClassNames.simple(spec.className()) + "." + spec.methodName(),
            self == null ? "" : LibraryJar.of(libraryType(self.getClass(), spec.className()))),
        key -> new CallTotals(answered.computeIfAbsent(entryOf(key), absent -> newSet())));
  }

  private static String entryOf(Key key) {
    return key.site().entry() + key.site().entry().descriptor();
  }

  private static Set<Long> newSet() {
    return ConcurrentHashMap.newKeySet();
  }

  /** Returns the class of the model; for a model that the application wrote, the library's type. */
  private Class<?> libraryType(Class<?> type, String declaring) {
    if (!stack.isApplication(type) && !type.isHidden()) {
      return type;
    }
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      if (each.getName().equals(declaring)) {
        return each;
      }
      for (Class<?> implemented : each.getInterfaces()) {
        if (implemented.getName().equals(declaring)) {
          return implemented;
        }
      }
    }
    return type;
  }

  /** Hashes a request: equal requests have equal hashes. */
  private static long hash(AgentCall call) {
    long hash = 0;
    for (Object argument : call.arguments()) {
      if (!(argument instanceof DescribesItself)) {
        hash = (hash << 32) ^ (argument == null ? 0 : argument.hashCode());
      }
    }
    return hash;
  }

  /** Follows the calls of a model. */
  private final class Watch extends Stage {

    private final int slot;

    Watch(StageContext context) {
      this.slot = context.newSlot();
    }

    @Override
    public boolean enter(AgentCall call) {
      call.slot(slot, callsOf(call).begin(hash(call)));
      return true;
    }

    @Override
    public boolean exit(AgentCall call) {
      if (call.slot(slot) instanceof CallTotals.Begun begun) {
        begun.ended(call, call.method().runtime().clock().nanoTime());
      }
      return false;
    }
  }

  /** Follows the runs of a tool. */
  private static final class ToolWatch extends Stage {

    private final Tool tool;

    ToolWatch(Tool tool) {
      this.tool = tool;
    }

    @Override
    public boolean exit(AgentCall call) {
      tool.runs.increment();
      if (call.failure() != null) {
        tool.failed.increment();
      }
      return false;
    }
  }

  /** Writes the file once a second from now on, until the scheduler ends. */
  public void writeEverySecond(ScheduledExecutorService scheduler) {
    scheduler.scheduleWithFixedDelay(this::write, 1, 1, TimeUnit.SECONDS);
  }

  /** Writes the findings so far; the file is written completely or not at all. */
  public synchronized void write() {
    try {
      String name = "inventory-" + ProcessHandle.current().pid() + ".json";
      Path fresh = folder.resolve(name + ".new");
      Files.writeString(fresh, Json.pretty(facts()));
      Files.move(fresh, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | RuntimeException fault) {
      GildLog.faultOnce("Writing the inventory to " + folder, fault);
    }
  }

  Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("pid", ProcessHandle.current().pid());
    facts.put("java", System.getProperty("java.version", ""));
    long millis = (System.nanoTime() - start) / 1_000_000;
    facts.put("seconds", millis / 1_000.0);
    facts.put("libraries", List.copyOf(inventory.libraryClasses()));
    List<Map<String, Object>> seen = new ArrayList<>();
    calls.forEach((key, added) -> {
      Map<String, Object> call = key.site().facts();
      call.put("kind", key.kind().operationName());
      call.put("api", key.api());
      call.put("library", key.library());
      call.putAll(added.facts());
      seen.add(call);
    });
    facts.put("calls", seen);
    Map<String, Object> run = new TreeMap<>();
    tools.forEach((name, tool) ->
        run.put(name, Map.of("runs", tool.runs.sum(), "failed", tool.failed.sum())));
    facts.put("tools", run);
    return facts;
  }
}
