package io.gild.observability;

import io.gild.core.spi.MeterReading;
import java.util.function.ToDoubleFunction;

/** A number of an object that it keeps alive. Thread-safe if the object is. */
final class OwnedReading<T> implements MeterReading {

  private final T owner;
  private final ToDoubleFunction<T> value;

  OwnedReading(T owner, ToDoubleFunction<T> value) {
    this.owner = owner;
    this.value = value;
  }

  @Override
  public double value() {
    return value.applyAsDouble(owner);
  }

  @Override
  public boolean isOver() {
    return false;
  }
}
