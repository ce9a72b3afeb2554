package io.gild.traffic;

import io.gild.operations.RolloutException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Where Kubernetes' API server is, and how this process proves who it is.
 *
 * @param url URL without a trailing slash
 * @param namespace namespace of the route
 * @param tokenFile file with the token; {@code null} sends none
 * @param caFile file with certificates; {@code null} means those of the JVM
 */
record KubernetesAddress(
    String url, String namespace, @Nullable Path tokenFile, @Nullable Path caFile) {

  private static final Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  /** Finds the API server of the settings, or of the pod in which this process runs. */
  static KubernetesAddress of(GatewaySettings settings, Path base, Map<String, String> environment)
      throws RolloutException {
    boolean given = settings.url() != null;
    String url = given ? given(settings.url()) : ofThisPod(environment);
    return new KubernetesAddress(
        url,
        namespace(settings.namespace(), given),
        file(settings.tokenFile(), base, given ? null : ACCOUNT.resolve("token")),
        file(settings.caFile(), base, given ? null : ACCOUNT.resolve("ca.crt")));
  }

  /** Returns a URL to which a token may be sent. */
  private static String given(@Nullable String url) throws RolloutException {
    String text = String.valueOf(url);
    try {
      URI uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      boolean plain = "http".equals(uri.getScheme()) && LOOPBACK.contains(uri.getHost());
      if (uri.getHost() != null && ("https".equals(uri.getScheme()) || plain)) {
        return uri.toString();
      }
    } catch (IllegalArgumentException notOne) {
      // reported below
    }
    throw new RolloutException(
        "url must be the https URL of Kubernetes' API server, or http on the loopback interface"
            + " (such as that of \"kubectl proxy\"), but is \""
            + text
            + "\"");
  }

  private static String ofThisPod(Map<String, String> environment) throws RolloutException {
    String host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "");
    if (host.isEmpty()) {
      throw new RolloutException(
          "This process runs in no pod of Kubernetes: KUBERNETES_SERVICE_HOST is not set. Set url,"
              + " token-file and ca-file to reach a cluster from outside.");
    }
    String bracketed = host.contains(":") ? "[" + host + "]" : host;
    return "https://"
        + bracketed
        + ":"
        + environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
  }

  private static String namespace(@Nullable String given, boolean outside) throws RolloutException {
    Path file = ACCOUNT.resolve("namespace");
    if (given != null) {
      return given;
    }
    if (outside || Files.notExists(file)) {
      return "default";
    }
    try {
      return Files.readString(file).strip();
    } catch (IOException failure) {
      throw new RolloutException("The namespace of this pod cannot be read: " + failure, failure);
    }
  }

  private static @Nullable Path file(@Nullable Path given, Path base, @Nullable Path otherwise) {
    return given == null ? otherwise : base.resolve(given);
  }

  /** Returns what checks the server's certificate. */
  SSLContext trust() throws RolloutException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, caFile == null ? null : trusted(caFile).getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException failure) {
      throw new RolloutException(
          "ca-file must contain certificates as PEM, but %s cannot be used: %s"
              .formatted(caFile, failure),
          failure);
    }
  }

  private static TrustManagerFactory trusted(Path file)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(file)) {
      int number = 0;
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("ca-" + number++, each);
      }
      if (number == 0) {
        throw new IOException("it has no certificate");
      }
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory;
  }
}
