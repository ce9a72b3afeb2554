import java.util.ArrayList;
import java.util.List;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.MDC;

public class JbossApp extends DeskApp {

  public static void main(String[] arguments) throws Exception {
    new JbossApp().run();
  }

  private static final java.util.logging.Logger LOG = java.util.logging.Logger.getLogger("app");
  private static final List<ExtLogRecord> RECORDS = new ArrayList<>();

  @Override
  void setUp() {
    MDC.put("own", "mine");
    MDC.put("gild.method", "hosts");
    LOG.setUseParentHandlers(false);
    LOG.setLevel(java.util.logging.Level.INFO);
    LOG.addHandler(
        new ExtHandler() {
          @Override
          protected void doPublish(ExtLogRecord record) {
            record.copyAll();
            RECORDS.add(record);
          }
        });
  }

  @Override
  void in(String message) {
    LOG.info(message);
  }

  @Override
  void finish() throws Exception {
    in("mdc " + new java.util.TreeMap<>(MDC.copy()));
    in("end");
    Thread printer = new Thread(() -> RECORDS.forEach(JbossApp::print));
    printer.start();
    printer.join();
    RECORDS.clear();
  }

  private static void print(ExtLogRecord record) {
    System.out.println(
        record.getMessage() + "|" + text(record, "gild.agent") + "|" + text(record, "gild.method")
            + "|" + text(record, "gild.call") + "|" + text(record, "own")
            + "|" + new java.util.TreeMap<>(record.getMdcCopy()));
  }

  private static String text(ExtLogRecord record, String key) {
    String value = record.getMdc(key);
    return value == null ? "" : value;
  }
}
