package io.gild.versions;

import io.gild.config.Experimental;
import io.gild.config.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What differs in a new version of an agent: its code, its prompt, its models or its settings, or
 * several of them.
 *
 * <pre>{@code
 * Variant.named("2.0").prompt(Path.of("prompts/support-2.txt")).model("gpt-5-mini")
 * }</pre>
 *
 * <p>Immutable.
 */
@Experimental
public final class Variant {

  private final String version;
  private final @Nullable Object implementation;
  private final @Nullable PromptTemplate prompt;
  private final ModelMap models;
  private final @Nullable Settings settings;

  private Variant(
      String version,
      @Nullable Object implementation,
      @Nullable PromptTemplate prompt,
      ModelMap models,
      @Nullable Settings settings) {
    this.version = version;
    this.implementation = implementation;
    this.prompt = prompt;
    this.models = models;
    this.settings = settings;
  }

  /**
   * Returns a version that does not differ from the present one yet.
   *
   * @param version its name, such as {@code 2.0}; meters, spans and logs have it
   * @return the variant
   */
  public static Variant named(String version) {
    if (version.isBlank()) {
      throw new IllegalArgumentException("version must be a name such as \"2.0\", but is blank");
    }
    return new Variant(version, null, null, ModelMap.NONE, null);
  }

  /**
   * Sets the code of the version.
   *
   * @param className binary name of a class of the application that has a constructor without
   *     parameters, and a method with the same name and parameters as the present one
   * @return this variant with that code
   */
  public Variant implementation(String className) {
    if (className.isBlank()) {
      throw new IllegalArgumentException("implementation must name a class, but is blank");
    }
    return new Variant(version, className, prompt, models, settings);
  }

  /**
   * Sets the code of the version, for classes that code or a framework such as Spring makes.
   *
   * @param supplier returns an object that has a method with the same name and parameters as the
   *     present one; called once
   * @return this variant with that code
   */
  public Variant implementation(Supplier<?> supplier) {
    return new Variant(version, supplier, prompt, models, settings);
  }

  /**
   * Sets a text that goes with the prompt, which is the parameter marked {@code @Prompt} or else
   * the first text.
   *
   * @param template a text in which <code>{prompt}</code> stands for the caller's prompt; without
   *     it, the text stands before the prompt, with an empty line between them
   * @return this variant with that prompt
   */
  public Variant prompt(String template) {
    return new Variant(version, implementation, new PromptTemplate(template), models, settings);
  }

  /**
   * Sets a text that goes with the prompt.
   *
   * @param file a file of UTF-8 text, which is read now; a line break at its end does not count
   * @return this variant with that prompt
   * @throws UncheckedIOException if the file cannot be read
   */
  public Variant prompt(Path file) {
    try {
      return prompt(Files.readString(file).replaceFirst("\\R\\z", ""));
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot read the prompt " + file, failure);
    }
  }

  /**
   * Sets the model of the version: all requests to chat models inside of a call go there.
   *
   * @param model name of the model
   * @return this variant with that model
   */
  public Variant model(String model) {
    return new Variant(version, implementation, prompt, ModelMap.to(model), settings);
  }

  /**
   * Sets which models replace which.
   *
   * @param replacements names of new models by those of present ones; other models stay
   * @return this variant with those models
   */
  public Variant models(Map<String, String> replacements) {
    return new Variant(version, implementation, prompt, ModelMap.of(replacements), settings);
  }

  /**
   * Sets the settings of the version: its policies, tiers, prices and tools. A budget of the same
   * amount and period is shared with the present version; all other state is separate.
   *
   * @param value the settings, such as those of another {@code gild.yaml}
   * @return this variant with those settings
   */
  public Variant settings(Settings value) {
    return new Variant(version, implementation, prompt, models, value);
  }

  /**
   * Returns the name of the version.
   *
   * @return the name, such as {@code 2.0}
   */
  public String version() {
    return version;
  }

  /** Returns the name of a class or a supplier of an object; null for the present code. */
  @Nullable Object implementation() {
    return implementation;
  }

  @Nullable PromptTemplate prompt() {
    return prompt;
  }

  ModelMap models() {
    return models;
  }

  @Nullable Settings settings() {
    return settings;
  }

  /** Returns whether nothing differs from the present version. */
  boolean isEmpty() {
    return implementation == null && prompt == null && models.isEmpty() && settings == null;
  }

  /** Returns this variant with the present code: an object of the application must not be kept. */
  Variant withoutImplementation() {
    return new Variant(version, null, prompt, models, settings);
  }
}
