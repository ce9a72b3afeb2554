package io.gild.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an annotation of methods that declares a policy.
 *
 * <p>The attributes of the marked annotation are the components of the policy's record, by name.
 *
 * <pre>{@code
 * @Policy(key = "hedge", artifact = "com.acme:acme-hedge", type = "com.acme.hedge.HedgePolicy")
 * @Retention(RetentionPolicy.RUNTIME)
 * @Target(ElementType.METHOD)
 * public @interface Hedged { ... }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.ANNOTATION_TYPE)
public @interface Policy {

  /**
   * Returns the key of the policy in configuration files.
   *
   * @return a kebab-case key, such as {@code circuit-breaker}
   */
  String key();

  /**
   * Returns the artifact that enforces the policy.
   *
   * @return {@code groupId:artifactId}
   */
  String artifact();

  /**
   * Returns the record type of the policy.
   *
   * @return its binary name; if the compiler does not find the class, it reports the artifact as
   *     missing
   */
  String type();
}
