/** Governs the annotated beans of a Spring Boot application. */
@NullMarked
package io.gild.spring;

import org.jspecify.annotations.NullMarked;
