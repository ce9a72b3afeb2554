package io.gild.observability;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/**
 * What writes the calls into a recording. It is written before the first call, since the first
 * event that a class loader's classes write loads classes, which would pin a virtual thread.
 */
@Category("Gild")
@Name("io.gild.Information")
@Label("Gild Information")
@StackTrace(false)
final class InformationFlight extends Event {

  @Label("Version")
  String version = GildVersion.present();

  static void write() {
    new InformationFlight().commit();
  }
}
