package com.freelync.control.benchmark.settings;

import com.freelync.control.ControlCenter;
import com.freelync.control.approval.Approver;
import com.freelync.control.approval.NewWord;
import com.freelync.control.approval.Role;
import com.freelync.control.audit.Actor;
import com.freelync.control.configuration.ConfigurationVersion;
import com.freelync.control.configuration.Configurations.NewChange;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changes of the one setting whose news are measured. */
record Changes(ControlCenter control) {
  static final String KEY = "benchmark.seen";

  /** A version that is approved and waits to be activated. */
  ConfigurationVersion approved(int value) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("value", value);
    fields.put("change_reason", "a benchmark");
    ConfigurationVersion version =
        control
            .configuration
            .configurations
            .create(
                UUID.randomUUID(),
                new NewChange(KEY, "COMMISSION", fields, false),
                true,
                new Actor("admin-" + UUID.randomUUID(), null))
            .version();
    return control.configuration.configurations.decide(
        version.id(),
        new Approver("cfo", Set.of(new Role("CFO")), null),
        new NewWord(true, null, null));
  }

  /** Lets it hold, and answers when that was committed, in nanoseconds. */
  long activate(ConfigurationVersion version) {
    control.configuration.configurations.activate(
        version.id(), new Actor("admin-" + UUID.randomUUID(), null));
    return System.nanoTime();
  }
}
