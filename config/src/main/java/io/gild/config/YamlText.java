package io.gild.config;

import io.gild.config.PolicyTree.Located;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/** Reads YAML into located values; mistakes are collected, never thrown. */
@Experimental
public final class YamlText {

  /** How many values may come from aliases: a few lines can expand to billions. */
  private static final long MOST_SHARED = 1_000_000;

  private static final int SMALL_BUFFER = 1 << 10;
  private static final int LARGE_BUFFER = 1 << 22;

  private final String name;
  private final Problems problems;
  private final Origin start;
  private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private long left;

  private YamlText(Origin start, Problems problems) {
    this.name = start.source();
    this.problems = problems;
    this.start = start;
  }

  /**
   * Reads a document that is a map.
   *
   * @param name the file, for messages
   * @param text YAML
   * @param problems collects what is wrong
   * @return the tree; empty for an empty or broken document
   */
  public static PolicyTree readTree(String name, String text, Problems problems) {
    Located root = read(name, text, problems);
    if (root.value() instanceof PolicyTree tree) {
      return tree;
    }
    if (root.value() != null) {
      problems.add(root.origin(), "", "expected keys and values, but found " + describe(root));
    }
    return PolicyTree.empty();
  }

  /**
   * Reads a document.
   *
   * @param name the file, for messages
   * @param text YAML
   * @param problems collects what is wrong
   * @return its value, which is {@code null} for an empty or broken document
   */
  public static Located read(String name, String text, Problems problems) {
    return read(new Origin(name, 1, 1), text, problems);
  }

  /**
   * Reads a document that begins somewhere inside of a file.
   *
   * @param start where it begins
   * @param text YAML
   * @param problems collects what is wrong
   * @return its value, which is {@code null} for an empty or broken document
   */
  public static Located read(Origin start, String text, Problems problems) {
    String name = start.source();
    YamlText reader = new YamlText(start, problems);
    String content = text.startsWith("\ufeff") ? text.substring(1) : text;
    reader.left = content.length() + MOST_SHARED;
    try {
      Optional<Node> root = compose(content, loadSettings(name, content.length()));
      if (root.isPresent()) {
        return reader.located(root.get(), reader.origin(root.get()), "");
      }
    } catch (MarkedYamlEngineException e) {
      problems.add(reader.origin(e.getProblemMark()), "", syntax(e.getProblem()));
    } catch (ReaderException e) {
      problems.add(
          reader.origin(content, e.getPosition()),
          "",
          "character U+"
              + Integer.toHexString(0x10000 | e.getCodePoint()).substring(1)
              + " is not allowed");
    } catch (YamlEngineException e) {
      problems.add(Origin.of(name), "", syntax(String.valueOf(e.getMessage())));
    } catch (TooManyValues e) {
      problems.add(Origin.of(name), "", "its aliases expand to too many values");
    } catch (StackOverflowError e) {
      problems.add(Origin.of(name), "", "nested too deeply");
    }
    Origin whole = start.line() == 1 ? Origin.of(name) : start;
    return new Located(null, whole, whole);
  }

  /** The engine's method for this is not exported from its module. */
  private static Optional<Node> compose(String content, LoadSettings settings) {
    StreamReader reader = new StreamReader(settings, content);
    return new Composer(settings, new ParserImpl(settings, reader)).getSingleNode();
  }

  /**
   * Returns settings for a text of some length. The parser copies what it has of a line whenever
   * its buffer is empty, so that a long line in a small buffer would take minutes.
   */
  private static LoadSettings loadSettings(String name, int length) {
    return LoadSettings.builder()
        .setLabel(name)
        .setSchema(new FailsafeSchema())
        .setCodePointLimit(Integer.MAX_VALUE)
        .setBufferSize(Math.max(SMALL_BUFFER, Math.min(length, LARGE_BUFFER)))
        .build();
  }

  private static String syntax(String problem) {
    return "not valid YAML: " + problem;
  }

  private Located located(Node node, Origin key, String path) {
    Origin origin = origin(node);
    if (--left < 0) {
      throw new TooManyValues();
    }
    if (!open.add(node)) {
      problems.add(origin, path, "refers to itself");
      return new Located(null, key, origin);
    }
    Object value = value(node, path);
    open.remove(node);
    return new Located(value, key, origin);
  }

  private @Nullable Object value(Node node, String path) {
    if (node instanceof ScalarNode scalar) {
      return scalar.isPlain() ? PlainText.of(scalar.getValue()) : scalar.getValue();
    }
    if (node instanceof SequenceNode sequence) {
      List<Located> items = new ArrayList<>();
      for (Node item : sequence.getValue()) {
        items.add(located(item, origin(item), path + "[" + items.size() + "]"));
      }
      return List.copyOf(items);
    }
    return tree((MappingNode) node, path);
  }

  private PolicyTree tree(MappingNode node, String path) {
    Map<String, Located> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : node.getValue()) {
      Origin origin = origin(tuple.getKeyNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problems.add(origin, path, "a key must be text");
        continue;
      }
      String below = Keys.join(path, key.getValue());
      Located earlier = entries.get(key.getValue());
      if (earlier != null) {
        problems.add(
            origin, below, "duplicate key; the first one is in line " + earlier.key().line());
        continue;
      }
      entries.put(key.getValue(), located(tuple.getValueNode(), origin, below));
    }
    return new PolicyTree(entries);
  }

  private Origin origin(Node node) {
    return origin(node.getStartMark());
  }

  private Origin origin(Optional<Mark> mark) {
    return mark.isPresent() ? place(mark.get().getLine(), mark.get().getColumn()) : Origin.of(name);
  }

  /** Returns a place in the file; line and column are counted from 0 within the document. */
  private Origin place(int line, int column) {
    return new Origin(name, start.line() + line, line == 0 ? start.column() + column : column + 1);
  }

  private Origin origin(String text, int position) {
    int line = 0;
    int column = 0;
    for (int i = 0; i < Math.min(position, text.length()); i++) {
      column++;
      if (text.charAt(i) == '\n') {
        line++;
        column = 0;
      }
    }
    return place(line, column);
  }

  /**
   * Describes a value for messages.
   *
   * @param located the value
   * @return such as {@code a map} or {@code "text"}
   */
  public static String describe(Located located) {
    Object value = located.value();
    if (value instanceof PolicyTree) {
      return "a map";
    }
    if (value instanceof List<?>) {
      return "a list";
    }
    return value instanceof String text ? "\"" + text + "\"" : String.valueOf(value);
  }

  private static final class TooManyValues extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooManyValues() {
      super(null, null, false, false);
    }
  }
}
