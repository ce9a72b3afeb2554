package com.acme.http;

/** An agent that asks its model with nothing but an HTTP client. */
public final class HttpDesk {

  private HttpDesk() {}

  /** Asks through a client of this package; returns what it got. */
  public static String ask(String clientName, String question) throws Exception {
    Client client =
        (Client) Class.forName("com.acme.http." + clientName).getConstructor().newInstance();
    String url = System.getenv("PROVIDER") + "/chat/completions";
    String json =
        "{\"model\": \"own-model\", \"messages\": [{\"role\": \"user\", \"content\": \""
            + question
            + "\"}]}";
    try {
      return "status " + client.post(url, json);
    } catch (Exception failure) {
      return "failed " + failure.getClass().getName();
    }
  }

  /** Asks four times, whatever comes back; returns all of it, with the causes of what failed. */
  public static String askOften(String clientName) throws Exception {
    Client client =
        (Client) Class.forName("com.acme.http." + clientName).getConstructor().newInstance();
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      try {
        all.append(client.post(System.getenv("PROVIDER") + "/chat/completions", "{}"));
      } catch (Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
          all.append(cause == failure ? "" : "<").append(cause.getClass().getName());
        }
      }
      all.append(' ');
    }
    return all.toString().trim();
  }
}
