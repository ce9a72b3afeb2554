package com.acme.memory;

import io.gild.annotations.Tenant;

/** An application that keeps conversations as its framework does by default. */
public interface Talk {

  /** The model of all talks. */
  String MODEL = "own-model";

  /** One turn of a conversation with an id. */
  String say(String id, String text) throws Exception;

  /** One turn of a conversation in a store that several memories share. */
  String share(String id, String text);

  /** One turn of a conversation without an id. */
  String anonymous(String text);

  /** Begins another conversation without an id. */
  void another();

  /** One turn whose answer comes in chunks. */
  String stream(String id, String text) throws Exception;

  /** One turn in which a tool is called. */
  String tool(String id, String text);

  /** One turn of a customer's user, in the shared store. */
  default String serve(@Tenant String tenant, String text) {
    return share("user", text);
  }

  /** Puts a message that has no form outside of this JVM, after all others of the shared store. */
  void add(String id);

  /** Shows a conversation of the shared store, outside of any turn. */
  String show(String id);

  /** Removes a conversation from the shared store, outside of any turn. */
  void remove(String id);
}
