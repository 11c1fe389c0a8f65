package com.freelync.control.automation;

import com.freelync.control.database.Database;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * What is to be undone of a run, found in its recorded steps: whatever undoes one was registered
 * when that was recorded as called, so that neither a killed worker nor ten thousand items make it
 * forgotten.
 */
public final class Undoing {
  private static final int MOST_AT_ONCE = 100;

  private final Database database;
  private final ActionCatalog catalog;
  private final StoredDefinitions definitions;

  public Undoing(Database database, ActionCatalog catalog, StoredDefinitions definitions) {
    this.database = database;
    this.catalog = catalog;
    this.definitions = definitions;
  }

  /** Whether a run that is asked to cancel undoes what it did. */
  public boolean isAsked(UUID executionId) {
    return database.read(
        handle ->
            handle.attach(ExecutionDao.class).find(executionId).orElseThrow().cancelCompensates());
  }

  /**
   * The next steps to take that undo others, in order; empty if everything is undone.
   *
   * @param within the body of a try, or the whole run where the path is empty
   */
  public List<StepPlace> next(UUID executionId, StepPlace within) {
    return database.read(handle -> next(handle, executionId, within));
  }

  private List<StepPlace> next(Handle handle, UUID executionId, StepPlace within) {
    ExecutionRow run = handle.attach(ExecutionDao.class).find(executionId).orElseThrow();
    Definition definition =
        definitions
            .find(handle.attach(AutomationDao.class), run.workflowId(), run.workflowVersion())
            .definition();
    Map<String, Step.ActionStep> undoable = new LinkedHashMap<>();
    Steps.actions(definition.steps())
        .filter(step -> !step.compensate().isEmpty() && step.path().startsWith(within.path() + "/"))
        .forEach(step -> undoable.put(step.path(), step));
    List<StepPlace> next = new ArrayList<>();
    StepDao steps = handle.attach(StepDao.class);
    for (StepRow called :
        steps.called(executionId, paths(undoable, false), paths(undoable, true), within.item())) {
      for (Step.ActionStep undo : undoable.getOrDefault(called.path(), NONE).compensate()) {
        StepPlace place = new StepPlace(undo.path(), called.item());
        if (next.size() < MOST_AT_ONCE && !isOver(steps, executionId, place)) {
          next.add(place);
        }
      }
    }
    return next;
  }

  private static final Step.ActionStep NONE =
      new Step.ActionStep("", null, "", Map.of(), Retry.standard());

  private static boolean isOver(StepDao steps, UUID executionId, StepPlace place) {
    return steps
        .find(executionId, place.path(), place.item())
        .filter(step -> step.finishedAt() != null)
        .isPresent();
  }

  private String[] paths(Map<String, Step.ActionStep> undoable, boolean outsideOnly) {
    return undoable.values().stream()
        .filter(step -> !outsideOnly || isOutside(step))
        .map(Step::path)
        .toArray(String[]::new);
  }

  private boolean isOutside(Step.ActionStep step) {
    return catalog.find(step.action()).filter(Action.Outside.class::isInstance).isPresent();
  }
}
