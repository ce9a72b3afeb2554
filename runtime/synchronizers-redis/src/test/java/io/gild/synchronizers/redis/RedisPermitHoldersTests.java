package io.gild.synchronizers.redis;

import io.gild.synchronizers.spi.LeaseStore;
import io.gild.testkit.PermitHolder;
import io.gild.testkit.PermitHoldersContract;
import io.gild.testkit.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Processes that hold permits in Redis; the full size is in the documentation. */
class RedisPermitHoldersTests extends PermitHoldersContract {

  private static RedisServer server;

  @BeforeAll
  static void start(@TempDir Path folder) {
    server = RedisServer.start(folder);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  /** Opens the engine of a process. */
  static final class Holder {

    public static void main(String[] arguments) throws Exception {
      PermitHolder.run(open(arguments[0]), Arrays.copyOfRange(arguments, 1, arguments.length));
    }
  }

  private static LeaseStore open(String url) {
    return new RedisLeaseStore(url, Duration.ofSeconds(5), "gild:");
  }

  @Override
  protected LeaseStore connect() {
    return open(server.url());
  }

  @Override
  protected String url() {
    return server.url();
  }

  @Override
  protected Class<?> holder() {
    return Holder.class;
  }

  @Override
  protected void restartServer() {
    server.kill();
    server.restart();
  }

  @Override
  protected void report(String figures) {
    if (Integer.getInteger("gild.acquisitions") != null) {
      System.out.println(figures);
    }
  }
}
