package io.gild.weaver;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * In advice: an unbound handle of the woven method; {@code null} if the class file is too old to
 * hold one. The constant is resolved when it is first read and costs nothing before.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
@interface OwnHandle {}
