import org.apache.log4j.Logger;
import org.apache.log4j.MDC;

public class Log4jOneApp extends DeskApp {

  public static void main(String[] arguments) throws Exception {
    new Log4jOneApp().run();
  }

  private static final Logger LOG = Logger.getLogger(Log4jOneApp.class);

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
    in("mdc " + new java.util.TreeMap<>(MDC.getContext()));
    in("end");
  }
}
