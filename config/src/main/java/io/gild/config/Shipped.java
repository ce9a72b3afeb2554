package io.gild.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The defaults that ship with Gild, read at first use.
 *
 * <p>People read them as YAML. Gild reads the same content as JSON, because every class counts
 * before main and the YAML parser has many.
 */
final class Shipped {

  /** The files with settings; later ones win. */
  static final List<String> FILES =
      List.of(
          "observability.yaml",
          "optimization.yaml",
          "memory.yaml",
          "ledger.yaml",
          "a2a.yaml",
          "coordination.yaml",
          "operations.yaml",
          "quality_gates.yaml");

  private Shipped() {}

  private static final class Files {
    static final PolicyTree VALUE =
        PolicyTree.fromJson(text("shipped.json"), Origin.of("shipped defaults"));
  }

  private static final class Tree {
    static final PolicyTree VALUE = readTree();
  }

  static PolicyTree tree() {
    return Tree.VALUE;
  }

  /** Returns the paths of settings that each of Gild's runtime modules declares, by its name. */
  static PolicyTree modules() {
    return Files.VALUE.child("modules");
  }

  static PolicyTree policyDefaults() {
    return tree().child("defaults");
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
    PolicyTree tree = PolicyTree.empty();
    for (String file : FILES) {
      Origin origin = Origin.of("shipped " + file);
      tree = tree.overlay(PolicyTree.of(Files.VALUE.child(file).toMap(), origin));
    }
    return tree;
  }
}
