package com.acme;

import io.gild.annotations.*;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

class GenericAgent<T extends Comparable<T>> {

  @interface Named {
    String value();
  }

  @SafeVarargs
  <S extends T> GenericAgent(@Named("first") T first, S... more) {}

  GenericAgent() {}

  @Cached
  <K extends Comparable<K>> K pick(List<? extends K> choices, T hint) {
    return choices.get(0);
  }

  @Cached
  Object anything(Object call, List<?> arguments, int[] failure) {
    return call;
  }

  @TimeLimit(timeoutDuration = "2s")
  CompletionStage<Map.Entry<String, T>> later(@Tenant String tenant, @Session String session, T value) {
    return null;
  }

  @Retry
  @Deprecated
  @SuppressWarnings("rawtypes")
  synchronized List raw(List values) {
    return values;
  }

  @Cached
  String pick(String text) {
    return text;
  }
}
