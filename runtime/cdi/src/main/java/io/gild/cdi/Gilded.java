package io.gild.cdi;

import io.gild.config.Experimental;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Binds the beans that Gild governs to its interceptor. The extension adds it to the methods with
 * Gild's annotations, so that it need not be written.
 */
@Experimental
@Documented
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Gilded {}
