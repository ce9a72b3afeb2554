package io.gild.memory.redis;

import io.gild.redis.RedisScript;

/** The scripts of this package. */
final class MemoryScripts {

  private MemoryScripts() {}

  static RedisScript of(String name) {
    String file = name + ".lua";
    return RedisScript.read(file, MemoryScripts.class.getResourceAsStream(file));
  }
}
