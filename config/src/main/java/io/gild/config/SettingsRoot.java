package io.gild.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The whole of a settings file; its components are the keys at the top. */
record SettingsRoot(
    Mode mode,
    boolean enabled,
    Path data,
    PolicySection defaults,
    PolicySection models,
    List<AgentRule> agents,
    List<ToolRule> tools,
    Limits limits,
    Map<String, Tier> tiers,
    Map<String, Budget> budgets,
    Map<String, Price> prices,
    Observability observability,
    Context context,
    Evaluation evaluation,
    Gates gates) {}
