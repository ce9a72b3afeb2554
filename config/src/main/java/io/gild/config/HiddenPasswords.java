package io.gild.config;

import java.util.regex.Pattern;

/** Leaves passwords out of settings that are shown. */
final class HiddenPasswords {

  private static final String HIDDEN = "***";

  /** User and password before a host, and a password among the parameters of a URL. */
  private static final Pattern IN_URL =
      Pattern.compile("(?<=://)[^/@\\s]*(?=@)|(?<=[?&]password=)[^&\\s]*");

  private HiddenPasswords() {}

  static Setting in(Setting setting) {
    if (!(setting.value() instanceof String text)) {
      return setting;
    }
    String shown =
        setting.path().endsWith(".password") ? HIDDEN : IN_URL.matcher(text).replaceAll(HIDDEN);
    return new Setting(setting.path(), shown, setting.origin());
  }
}
