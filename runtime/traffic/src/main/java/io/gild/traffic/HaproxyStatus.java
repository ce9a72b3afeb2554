package io.gild.traffic;

import io.gild.operations.RolloutException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What one process of HAProxy reports of its backends and servers.
 *
 * @param before what the commands before {@link #COMMANDS} answered, stripped
 * @param lines the lines of all backends and servers
 * @param process pid of the process and when it began, since each one has counters of its own; in a
 *     container, every process can have the same pid
 * @param processes how many processes share the configuration
 */
record HaproxyStatus(String before, List<HaproxyServerLine> lines, String process, long processes) {

  /** Lists backends (2) and servers (4), and the process. */
  static final List<String> COMMANDS = List.of("show stat -1 6 -1", "show info");

  private static final String HEADER = "# pxname,";
  private static final Pattern PROCESS = Pattern.compile("(?m)^(?:Pid|Start_time_sec): *(\\d+)");
  private static final Pattern PROCESSES = Pattern.compile("(?m)^Nbproc: *(\\d{1,15})");

  HaproxyStatus {
    lines = List.copyOf(lines);
  }

  /** Reads the answer to commands that end with {@link #COMMANDS}. */
  static HaproxyStatus of(String answer, String socket) throws RolloutException {
    int start = answer.startsWith(HEADER) ? 0 : answer.indexOf("\n" + HEADER) + 1;
    if (start == 0 && !answer.startsWith(HEADER)) {
      throw new RolloutException(
          "The socket %s of HAProxy did not answer \"%s\" with a table, but with: %s"
              .formatted(socket, COMMANDS.get(0), abridged(answer)));
    }
    int end = answer.indexOf("\n\n", start);
    String table = end < 0 ? answer.substring(start) : answer.substring(start, end);
    String rest = end < 0 ? "" : answer.substring(end);
    return new HaproxyStatus(
        answer.substring(0, start).strip(),
        lines(table.lines().toList()),
        process(rest),
        processes(rest));
  }

  private static String process(String information) {
    return PROCESS
        .matcher(information)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.joining("/"));
  }

  private static long processes(String information) {
    Matcher found = PROCESSES.matcher(information);
    return found.find() ? Long.parseLong(found.group(1)) : 1;
  }

  private static String abridged(String answer) {
    String text = answer.strip();
    return text.isEmpty() ? "nothing" : text.substring(0, Math.min(200, text.length()));
  }

  private static List<HaproxyServerLine> lines(List<String> table) {
    List<String> names = fields(table.get(0).substring(2));
    List<HaproxyServerLine> lines = new ArrayList<>();
    for (String row : table.subList(1, table.size())) {
      List<String> values = fields(row);
      Map<String, String> line = new HashMap<>();
      for (int i = 0; i < Math.min(names.size(), values.size()); i++) {
        line.put(names.get(i), values.get(i));
      }
      lines.add(new HaproxyServerLine(Map.copyOf(line)));
    }
    return lines;
  }

  /** Splits a line of CSV; a quoted field may contain commas, and doubled quotes. */
  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        field.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }
}
