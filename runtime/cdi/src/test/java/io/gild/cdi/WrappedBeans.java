package io.gild.cdi;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;

/** Makes an agent by its wrapper, as applications do without the module. */
@ApplicationScoped
public class WrappedBeans {

  @Produces
  @Named("wrapped")
  static Counter counter() {
    return Counter_Gild.gilded();
  }
}
