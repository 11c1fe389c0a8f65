package com.freelync.control.automation;

import com.freelync.control.database.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * What a run did until now, for who tells people of it.
 *
 * @param automation its name
 * @param steps the steps that ended, in their order
 */
public record RunStory(String automation, List<Told> steps) {
  public RunStory {
    steps = List.copyOf(steps);
  }

  /**
   * A step that ended.
   *
   * @param status COMPLETED, FAILED or SKIPPED
   * @param output what it gave
   */
  public record Told(String action, String status, Map<String, Object> output) {}

  /** Reads it as the caller's transaction sees it; of a dry run nothing is recorded. */
  public static RunStory read(Handle handle, RunIdentity run) {
    List<Told> steps =
        handle.attach(StepDao.class).of(run.executionId()).stream()
            .filter(step -> step.finishedAt() != null)
            .map(step -> new Told(step.action(), step.status(), Json.readObject(step.outputJson())))
            .collect(Collectors.toUnmodifiableList());
    String name =
        handle
            .attach(AutomationDao.class)
            .version(run.workflowId(), run.version())
            .map(version -> String.valueOf(Json.readObject(version.definitionJson()).get("name")))
            .orElse("This automation");
    return new RunStory(name, steps);
  }
}
