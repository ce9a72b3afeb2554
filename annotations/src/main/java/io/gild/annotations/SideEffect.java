package io.gild.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that the method changes the world: it sends, pays, writes.
 *
 * <p>Within one governed call it is run at most once for the same arguments: a retry, hedge or
 * cascade is given the first result again.
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
