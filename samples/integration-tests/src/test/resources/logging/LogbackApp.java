import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

public class LogbackApp extends DeskApp {

  public static void main(String[] arguments) throws Exception {
    new LogbackApp().run();
  }

  private static final Logger LOG = LoggerFactory.getLogger(LogbackApp.class);

  @Override
  void setUp() {
    MDC.put("own", "mine");
    MDC.put("gild.method", "hosts");
  }

  @Override
  void in(String message) {
    LOG.info(message);
  }

  @Override
  void finish() throws Exception {
    in("mdc " + new java.util.TreeMap<>(MDC.getCopyOfContextMap()));
    in("end");
  }
}
