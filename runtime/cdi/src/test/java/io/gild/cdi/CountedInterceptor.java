package io.gild.cdi;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the attempts that reach the bean. */
@Counted
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
public class CountedInterceptor {

  static final AtomicInteger CALLS = new AtomicInteger();

  @AroundInvoke
  Object count(InvocationContext context) throws Exception {
    CALLS.incrementAndGet();
    return context.proceed();
  }
}
