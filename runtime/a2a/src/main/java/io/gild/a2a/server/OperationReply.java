package io.gild.a2a.server;

import io.gild.a2a.A2aException;

/** Where the result of an operation goes, in the form of a binding. */
interface OperationReply {

  /** Gives a result as JSON. */
  void result(String json);

  /** Gives an error. */
  void failed(A2aException failure);

  /** Begins a stream of results. */
  Stream stream();

  /** A stream of results. */
  interface Stream {

    /** Gives a result as JSON; the last one ends the stream. */
    void send(String json, boolean last);

    /** Sets what runs when the client has left. */
    void onClose(Runnable closing);

    /** Ends the stream. */
    void end();
  }
}
