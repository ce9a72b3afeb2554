package io.gild.operations;

import io.gild.config.Experimental;

/**
 * Where decisions are posted.
 *
 * @param url receives each decision as a POST request with JSON
 * @param secretEnv environment variable that holds the secret of the signature
 */
@Experimental
public record NotifySettings(String url, String secretEnv) {

  /** Checks the values. */
  public NotifySettings {
    if (!url.startsWith("http://") && !url.startsWith("https://")) {
      throw new IllegalArgumentException("url must begin with http:// or https://, but is " + url);
    }
  }
}
