package io.gild.core;

import io.gild.core.spi.MeterReading;
import io.gild.core.spi.MeterSpec;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** A number of an object that it does not keep alive. Thread-safe. */
final class PublishedNumber<T> implements MeterReading {

  private final MeterSpec spec;
  private final List<String> values;
  private final WeakReference<T> owner;
  private final ToDoubleFunction<? super T> value;
  private volatile double last;

  PublishedNumber(MeterSpec spec, List<String> values, T owner, ToDoubleFunction<? super T> value) {
    this.spec = spec;
    this.values = values;
    this.owner = new WeakReference<>(owner);
    this.value = value;
  }

  MeterSpec spec() {
    return spec;
  }

  List<String> values() {
    return values;
  }

  @Override
  public double value() {
    T present = owner.get();
    if (present != null) {
      try {
        double read = value.applyAsDouble(present);
        if (!Double.isNaN(read)) {
          last = read;
        }
      } catch (RuntimeException | LinkageError fault) {
        GildLog.faultOnce("Reading the meter " + spec.name(), fault);
      }
    }
    return last;
  }

  @Override
  public boolean isOver() {
    return owner.refersTo(null);
  }

  /** Reads the number for the last time. */
  void end() {
    value();
    owner.clear();
  }
}
