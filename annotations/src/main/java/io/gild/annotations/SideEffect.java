package io.gild.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares that the method has a side effect: it sends, pays, writes.
 *
 * <p>Within one governed call it runs at most once for the same arguments: a retry, hedge or
 * cascade gets the first result again.
 *
 * <pre>{@code
 * @SideEffect
 * public Receipt pay(String account, BigDecimal amount) { ... }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface SideEffect {}
