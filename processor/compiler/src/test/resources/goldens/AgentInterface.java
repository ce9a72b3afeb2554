package com.acme;

import io.gild.annotations.*;

interface AgentInterface<T> extends Parent<T> {

  @Cached
  String answer(String question);

  String plain();

  @Cached
  default String greet(String name) {
    return "hello " + name;
  }

  static int helper() {
    return 1;
  }
}

interface Parent<T> {
  void inherited(T value);
}
