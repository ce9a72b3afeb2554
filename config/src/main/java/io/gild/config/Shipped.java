package io.gild.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The defaults that ship with Gild, read when they are first asked for. */
final class Shipped {

  private Shipped() {}

  private static final class Tree {
    static final PolicyTree VALUE =
        read("observability.yaml")
            .overlay(read("optimization.yaml"))
            .overlay(read("quality_gates.yaml"));
  }

  private static final class Prices {
    static final Map<String, Price> VALUE = readPrices();
  }

  static PolicyTree tree() {
    return Tree.VALUE;
  }

  static PolicyTree policyDefaults() {
    return tree().child("defaults");
  }

  static Map<String, Price> prices() {
    return Prices.VALUE;
  }

  static String text(String name) {
    try (InputStream in = Shipped.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the resource io/gild/config/" + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PolicyTree read(String name) {
    Problems problems = new Problems();
    PolicyTree tree = YamlText.readTree("shipped " + name, text(name), problems);
    problems.throwIfAny();
    return tree;
  }

  private static Map<String, Price> readPrices() {
    Problems problems = new Problems();
    Binder binder = new Binder(problems, PolicyTree.empty());
    PolicyTree tree = read("prices.yaml");
    Map<String, Price> prices = new LinkedHashMap<>();
    for (String model : tree.keys()) {
      Price price =
          binder.bind(
              Price.class, tree.child(model), PolicyTree.empty(), model, Origin.of("prices.yaml"));
      if (price != null) {
        prices.put(model, price);
      }
    }
    problems.throwIfAny();
    return prices;
  }
}
