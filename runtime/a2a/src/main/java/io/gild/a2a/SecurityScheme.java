package io.gild.a2a;

import io.gild.config.Experimental;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A way in which clients authenticate; immutable. */
@Experimental
public sealed interface SecurityScheme {

  /**
   * Returns a description for people.
   *
   * @return a text, or {@code null}
   */
  @Nullable String description();

  /**
   * A key in a header, a query parameter or a cookie.
   *
   * @param location {@code header}, {@code query} or {@code cookie}
   * @param name of the header, parameter or cookie
   * @param description a description for people, or {@code null}
   */
  record ApiKey(String location, String name, @Nullable String description)
      implements SecurityScheme {

    /** Checks the values. */
    public ApiKey {
      A2aValues.notEmpty(location, "location");
      A2aValues.notEmpty(name, "name");
    }
  }

  /**
   * A scheme of the header {@code Authorization}.
   *
   * @param scheme such as {@code Bearer}
   * @param bearerFormat such as {@code JWT}, or {@code null}
   * @param description a description for people, or {@code null}
   */
  record Http(String scheme, @Nullable String bearerFormat, @Nullable String description)
      implements SecurityScheme {

    /** Checks the scheme. */
    public Http {
      A2aValues.notEmpty(scheme, "scheme");
    }
  }

  /**
   * OAuth 2.0.
   *
   * @param flows the flows, in the JSON of the protocol
   * @param metadataUrl metadata of the authorization server, or {@code null}
   * @param description a description for people, or {@code null}
   */
  record OAuth2(
      Map<String, Object> flows, @Nullable String metadataUrl, @Nullable String description)
      implements SecurityScheme {

    /** Copies the flows. */
    public OAuth2 {
      flows = A2aValues.object(flows);
    }
  }

  /**
   * OpenID Connect.
   *
   * @param url the discovery address; not empty
   * @param description a description for people, or {@code null}
   */
  record OpenIdConnect(String url, @Nullable String description) implements SecurityScheme {

    /** Checks the address. */
    public OpenIdConnect {
      A2aValues.notEmpty(url, "openIdConnectUrl");
    }
  }

  /**
   * Certificates of clients.
   *
   * @param description a description for people, or {@code null}
   */
  record MutualTls(@Nullable String description) implements SecurityScheme {}

  /**
   * A scheme that is not known here.
   *
   * @param json the scheme as it was read
   */
  record Other(Map<String, Object> json) implements SecurityScheme {

    /** Copies the scheme. */
    public Other {
      json = A2aValues.object(json);
    }

    @Override
    public @Nullable String description() {
      return null;
    }
  }
}
