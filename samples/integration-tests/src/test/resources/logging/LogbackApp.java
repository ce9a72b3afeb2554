import java.util.concurrent.Executors;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** An application that knows nothing of Gild, and logs to standard output from other threads. */
public class LogbackApp {

  public static class Desk {
    public String answer(String question) throws Exception {
      in("before");
      ExecutorService pool = Executors.newSingleThreadExecutor();
      pool.submit(() -> in("pooled")).get();
      pool.shutdown();
      return question;
    }
  }

  public static void main(String[] arguments) throws Exception {
    setUp();
    System.out.println("ready");
    in("outside");
    new Desk().answer("a prompt that no line may contain");
    in("after");
    tearDown();
    System.out.println("end");
    System.in.read();
  }

  private static final Logger LOG = LoggerFactory.getLogger(LogbackApp.class);

  static void setUp() {
    MDC.put("own", "mine");
    MDC.put("gild.method", "hosts");
  }

  static void in(String message) {
    LOG.info(message);
  }

  static void tearDown() throws Exception {
    System.out.println("mdc " + new java.util.TreeMap<>(MDC.getCopyOfContextMap()));
    ((ch.qos.logback.classic.LoggerContext) LoggerFactory.getILoggerFactory()).stop();
  }
}
