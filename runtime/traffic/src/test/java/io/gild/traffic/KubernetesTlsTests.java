package io.gild.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.gild.operations.RolloutException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose certificate only {@code ca-file} knows, as in every cluster. */
class KubernetesTlsTests {

  private static final String PASSWORD = "changeit";

  @TempDir Path folder;

  private HttpsServer server;

  @BeforeEach
  void start() throws Exception {
    keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=api", "-ext", "san=ip:127.0.0.1");
    keytool("-exportcert", "-rfc", "-file", folder.resolve("ca.crt").toString());
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context()));
    byte[] route =
        """
        {"spec": {"rules": [{"backendRefs": [{"name": "a", "weight": 3},
         {"name": "b", "weight": 1}]}]}}
        """
            .getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, route.length);
          exchange.getResponseBody().write(route);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void keytool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-alias", "api", "-storetype", "PKCS12", "-storepass", PASSWORD));
    command.addAll(List.of("-keystore", folder.resolve("keys.p12").toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
  }

  private SSLContext context() throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("keys.p12"))) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }

  private GatewayTraffic traffic(@Nullable Path caFile) throws RolloutException {
    String url = "https://127.0.0.1:" + server.getAddress().getPort() + "/";
    return new GatewayTraffic(
        new GatewaySettings("agents", null, "a", "b", url, null, caFile), folder);
  }

  @Test
  void trustsTheCertificatesOfItsFile() throws Exception {
    assertThat(traffic(Path.of("ca.crt")).current(0).achieved()).isEqualTo(2_500);
  }

  @Test
  void rejectsAnUnknownCertificate() throws Exception {
    GatewayTraffic traffic = traffic(null);

    assertThatThrownBy(() -> traffic.current(0))
        .isInstanceOf(RolloutException.class)
        .hasMessageContaining("cannot be reached")
        .hasMessageContaining("SSLHandshakeException");
  }
}
