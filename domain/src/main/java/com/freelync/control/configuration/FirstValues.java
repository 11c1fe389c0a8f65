package com.freelync.control.configuration;

import com.freelync.control.audit.Actor;
import com.freelync.control.configuration.History.Action;
import com.freelync.control.configuration.Impacts.Assessed;
import com.freelync.control.database.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** Values that settings begin with. */
final class FirstValues {
  private final ChangeWork work;
  private final Supplier<UUID> ids;

  FirstValues(ChangeWork work, Supplier<UUID> ids) {
    this.work = work;
    this.ids = ids;
  }

  /**
   * Installs a value that holds from the start, without an approval: for the owner of the database
   * only, whose role no server has. A setting that has versions is left as it is.
   */
  void install(String key, ConfigCategory category, Object bare, Actor owner) {
    Content content =
        new Content(Json.write(bare), null, null, null, "The platform begins with it.", null, true);
    Instant now = work.now();
    Impact none =
        new Impact(null, null, null, Impacts.zero(), List.of(), "The first value.", now, now, null);
    work.database.transaction(
        transaction -> {
          ConfigurationDao dao = ChangeWork.dao(transaction);
          dao.insertSetting(key, category.name(), now);
          if (dao.lock(key).orElseThrow().latestVersion() == 0) {
            Assessed assessed = new Assessed(none, category.leastRisk());
            VersionRow row =
                work.insert(transaction, ids.get(), key, content, assessed, owner, now);
            dao.approve(row.id(), null, now);
            dao.activate(row.id(), now, null);
            work.recorded(transaction, Action.ACTIVATED, row.id(), owner, null, Map.of());
          }
          return key;
        });
  }
}
