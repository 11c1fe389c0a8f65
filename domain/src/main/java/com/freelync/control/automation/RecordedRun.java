package com.freelync.control.automation;

import com.freelync.control.approval.Approval;
import com.freelync.control.automation.DueStep.NotDecided;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What the database knows of one run, read within a transaction. */
final class RecordedRun {
  private final Handle handle;
  private final StepDao steps;
  private final UUID executionId;
  private final Supplier<List<Approval>> asked;
  private final Map<StepPlace, Optional<StepRow>> found = new HashMap<>();
  private @Nullable List<Approval> approvals;

  /**
   * @param asked the approvals that the run asked for
   */
  RecordedRun(Handle handle, UUID executionId, Supplier<List<Approval>> asked) {
    this.handle = handle;
    this.steps = handle.attach(StepDao.class);
    this.executionId = executionId;
    this.asked = asked;
  }

  /** The step at a place as it stands. */
  Optional<StepRow> step(StepPlace place) {
    return found.computeIfAbsent(
        place, missing -> steps.find(executionId, missing.path(), missing.item()));
  }

  /** What was asked at a place. */
  Optional<Approval> approval(StepPlace place) {
    if (approvals == null) {
      approvals = asked.get();
    }
    return approvals.stream()
        .filter(approval -> approval.subjectKey().equals(place.toString()))
        .findFirst();
  }

  /** One item of a loop's list. */
  Object item(Object items, int index) {
    Optional<StoredList> stored = StoredList.of(items);
    List<?> entries =
        stored.isPresent()
            ? StoredLists.read(handle, executionId, stored.get(), index, 1)
            : ((List<?>) items).stream().skip(index).limit(1).toList();
    if (entries.isEmpty()) {
      throw new NotDecided();
    }
    return entries.getFirst();
  }
}
