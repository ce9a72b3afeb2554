package io.gild.cost;

import io.gild.core.AgentCall;
import io.gild.core.GildLog;
import io.gild.core.MethodSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes the tags of answers: a name of a parameter in braces stands for its argument. */
final class AnswerTags {

  private static final Pattern PARAMETER = Pattern.compile("\\{([^{}]+)}");
  private static final AnswerTags NONE = new AnswerTags(List.of());

  private record Tag(String text, List<Integer> arguments) {}

  private final List<Tag> tags;

  private AnswerTags(List<Tag> tags) {
    this.tags = tags;
  }

  static AnswerTags of(List<String> texts, MethodSpec spec) {
    List<Tag> tags = new ArrayList<>();
    for (String text : texts) {
      List<Integer> arguments = new ArrayList<>();
      Matcher parameters = PARAMETER.matcher(text);
      boolean known = true;
      while (parameters.find()) {
        int index = index(spec, parameters.group(1));
        known &= index >= 0;
        arguments.add(index);
      }
      if (known) {
        tags.add(new Tag(text, arguments));
      } else {
        GildLog.infoOnce(
            "The cache of %s has the tag \"%s\", which names a parameter that the method does not have; the tag has no effect. Its parameters are %s."
                .formatted(
                    spec.id(),
                    text,
                    spec.parameters().stream().map(MethodSpec.Parameter::name).toList()));
      }
    }
    return tags.isEmpty() ? NONE : new AnswerTags(tags);
  }

  private static int index(MethodSpec spec, String name) {
    for (int i = 0; i < spec.parameters().size(); i++) {
      if (spec.parameters().get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  boolean isEmpty() {
    return tags.isEmpty();
  }

  /** Returns the tags of the answer to a call. */
  Set<String> of(AgentCall call) {
    if (tags.isEmpty()) {
      return Set.of();
    }
    Set<String> all = new LinkedHashSet<>();
    for (Tag tag : tags) {
      StringBuilder text = new StringBuilder();
      Matcher parameters = PARAMETER.matcher(tag.text());
      for (int index : tag.arguments()) {
        parameters.find();
        parameters.appendReplacement(
            text, Matcher.quoteReplacement(String.valueOf(call.argument(index))));
      }
      all.add(parameters.appendTail(text).toString());
    }
    return Set.copyOf(all);
  }
}
