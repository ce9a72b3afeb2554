package io.gild.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The defaults that ship with Gild, read when they are first asked for.
 *
 * <p>People read them as YAML; the program reads the same as JSON, for before main every class
 * counts, and the YAML parser has many.
 */
final class Shipped {

  /** The files with settings; later ones win. */
  static final List<String> FILES =
      List.of("observability.yaml", "optimization.yaml", "quality_gates.yaml");

  private Shipped() {}

  private static final class Tree {
    static final PolicyTree VALUE = readTree();
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

  private static PolicyTree readTree() {
    PolicyTree files = PolicyTree.fromJson(text("shipped.json"), Origin.of("shipped defaults"));
    PolicyTree tree = PolicyTree.empty();
    for (String file : FILES) {
      tree = tree.overlay(PolicyTree.of(files.child(file).toMap(), Origin.of("shipped " + file)));
    }
    return tree;
  }

  private static Map<String, Price> readPrices() {
    Problems problems = new Problems();
    Binder binder = new Binder(problems);
    Origin origin = Origin.of("shipped prices.yaml");
    PolicyTree tree = PolicyTree.fromJson(text("prices.json"), origin);
    Map<String, Price> prices = new LinkedHashMap<>();
    for (String model : tree.keys()) {
      Price price = binder.bind(Price.class, tree.child(model), PolicyTree.empty(), model, origin);
      if (price != null) {
        prices.put(model, price);
      }
    }
    problems.throwIfAny();
    return prices;
  }
}
