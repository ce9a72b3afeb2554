package io.gild.config;

import io.gild.config.PolicyTree.Located;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects the flat properties of a framework, such as {@code agents[0].match}, into the tree that
 * they were before the framework flattened them. Not thread-safe.
 *
 * <p>A number in brackets is an index of a list, any other text in brackets is a key that may
 * contain dots: {@code prices[gpt-4.1].input}.
 */
@Experimental
public final class PropertyTree {

  private final Node root = new Node(Origin.of("properties"));

  private static final class Node {

    private final Origin origin;
    private final Map<String, Node> children = new LinkedHashMap<>();
    private boolean list;
    private @Nullable Object value;

    Node(Origin origin) {
      this.origin = origin;
    }
  }

  /** Creates a tree without properties. */
  public PropertyTree() {}

  /**
   * Adds a property; a later one of the same name wins.
   *
   * @param name the name without the prefix {@code gild.}
   * @param value a text, number or boolean; a text is read as YAML reads one without quotes
   * @param origin where it comes from
   * @return this tree
   */
  public PropertyTree property(String name, Object value, Origin origin) {
    Node node = root;
    for (String step : steps(name)) {
      boolean index = step.startsWith("[");
      node.list = index;
      node = node.children.computeIfAbsent(step.substring(index ? 1 : 0), key -> new Node(origin));
    }
    node.value = value instanceof CharSequence text ? PlainText.of(text.toString()) : value;
    return this;
  }

  /**
   * Returns what was collected.
   *
   * @return the tree
   */
  public PolicyTree tree() {
    return tree(root);
  }

  private static PolicyTree tree(Node node) {
    Map<String, Located> entries = new LinkedHashMap<>();
    node.children.forEach((key, child) -> entries.put(key, located(child)));
    return new PolicyTree(entries);
  }

  private static Located located(Node node) {
    Object value = node.value;
    if (node.list) {
      value = items(node);
    } else if (!node.children.isEmpty()) {
      value = tree(node);
    }
    return new Located(value, node.origin, node.origin);
  }

  /** Sources may list the items in any order. */
  private static List<Located> items(Node node) {
    return node.children.entrySet().stream()
        .sorted((one, other) -> Integer.compare(index(one), index(other)))
        .map(item -> located(item.getValue()))
        .toList();
  }

  private static int index(Map.Entry<String, Node> item) {
    return Integer.parseInt(item.getKey());
  }

  /** Splits a name into keys, and indexes that begin with a bracket. */
  private static List<String> steps(String name) {
    List<String> steps = new ArrayList<>();
    StringBuilder key = new StringBuilder();
    for (int at = 0; at < name.length(); at++) {
      char c = name.charAt(at);
      int end = c == '[' ? name.indexOf(']', at) : -1;
      if (end < 0 && c != '.') {
        key.append(c);
        continue;
      }
      if (!key.isEmpty()) {
        steps.add(key.toString());
        key.setLength(0);
      }
      if (end > 0) {
        String inside = name.substring(at + 1, end);
        steps.add(inside.matches("\\d{1,6}") ? "[" + inside : inside);
        at = end;
      }
    }
    if (!key.isEmpty()) {
      steps.add(key.toString());
    }
    return steps;
  }
}
