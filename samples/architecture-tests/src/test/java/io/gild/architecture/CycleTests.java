package io.gild.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Files that depend on each other can only be read, changed and tested together; a few may, a
 * module may not.
 */
class CycleTests {

  private static final int LARGEST_GROUP = 6;

  private static final List<House> MODULES = House.MODULES;

  @ParameterizedTest
  @FieldSource("MODULES")
  void onlyAFewFilesDependOnEachOther(House module) {
    Map<String, Set<String>> files = files(module);

    assertThat(files).hasSizeGreaterThanOrEqualTo(module.floor());
    assertThat(groups(files).stream().filter(group -> group.size() > LARGEST_GROUP))
        .as("files of " + module + " that depend on each other; more than " + LARGEST_GROUP)
        .isEmpty();
  }

  @Test
  void findsAGroupOfDependentFiles() {
    Map<String, Set<String>> files =
        Map.of(
            "A", Set.of("B"),
            "B", Set.of("C", "D"),
            "C", Set.of("A"),
            "D", Set.of("E"),
            "E", Set.of());

    assertThat(groups(files)).contains(Set.of("A", "B", "C"), Set.of("D"), Set.of("E")).hasSize(3);
  }

  @Test
  void readsTheDependenciesOfFiles() {
    House core = MODULES.stream().filter(module -> module.name().equals("core")).findFirst().get();

    assertThat(groups(files(core)))
        .anySatisfy(group ->
            assertThat(group).contains("io.gild.core.AgentCall", "io.gild.core.CallReference"));
  }

  /** Returns which files of a module each of its files needs. */
  private static Map<String, Set<String>> files(House module) {
    Map<String, Set<String>> files = new TreeMap<>();
    module
        .classes()
        .forEach(type -> {
          Set<String> needed = files.computeIfAbsent(file(type), absent -> new TreeSet<>());
          for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
            JavaClass target = dependency.getTargetClass().getBaseComponentType();
            if (module.owns(target)) {
              needed.add(file(target));
            }
          }
        });
    return files;
  }

  /** Returns the top-level class of a class. */
  private static String file(JavaClass type) {
    String name = type.getName();
    int nested = name.indexOf('$');
    return nested < 0 ? name : name.substring(0, nested);
  }

  /** Returns the strongly connected components: the files that reach one another. */
  private static List<Set<String>> groups(Map<String, Set<String>> files) {
    Map<String, Set<String>> reached = new TreeMap<>();
    files.keySet().forEach(file -> reached.put(file, reach(file, files)));
    List<Set<String>> groups = new ArrayList<>();
    Set<String> placed = new HashSet<>();
    for (String file : files.keySet()) {
      if (placed.add(file)) {
        Set<String> group =
            reached.get(file).stream()
                .filter(other -> reached.get(other).contains(file))
                .collect(Collectors.toCollection(TreeSet::new));
        group.add(file);
        placed.addAll(group);
        groups.add(group);
      }
    }
    return groups;
  }

  private static Set<String> reach(String from, Map<String, Set<String>> files) {
    Set<String> reached = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(from));
    while (!open.isEmpty()) {
      for (String next : files.get(open.pop())) {
        if (reached.add(next)) {
          open.push(next);
        }
      }
    }
    return reached;
  }
}
