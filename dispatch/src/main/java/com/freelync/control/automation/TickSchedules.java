package com.freelync.control.automation;

import com.freelync.control.ControlCenter;
import com.freelync.control.outbox.MessageHandler;
import com.freelync.control.task.Tasks;
import com.freelync.control.temporal.Schedules;
import com.freelync.control.temporal.Starts;
import com.freelync.control.temporal.TaskQueues;
import com.freelync.control.temporal.Texts;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.SchedulePolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes Temporal's schedules say what the database says of one timetable. */
public final class TickSchedules {
  /** Of a workflow's summary, which Temporal refuses beyond 400 bytes. */
  private static final int LONGEST_SUMMARY = 200;

  /** Temporal refuses a shorter window. */
  private static final Duration SHORTEST_CATCH_UP = Duration.ofMinutes(1);

  /** A schedule of ours: a timetable's name and an id. */
  private static final Pattern OWN =
      Pattern.compile("([a-z]+)/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");

  private final Schedules schedules;
  private final Timetable timetable;

  public TickSchedules(WorkflowClient client, Timetable timetable) {
    this.schedules = new Schedules(client);
    this.timetable = timetable;
  }

  /** One for each timetable that there is. */
  public static List<TickSchedules> all(WorkflowClient client, ControlCenter control) {
    return List.of(
        new TickSchedules(client, control.triggers.ticks),
        new TickSchedules(client, control.tasks.ticks));
  }

  /** The handlers of messages about schedules, by topic. */
  public static Map<String, MessageHandler> handlers(WorkflowClient client, ControlCenter control) {
    TickSchedules automations = new TickSchedules(client, control.triggers.ticks);
    TickSchedules tasks = new TickSchedules(client, control.tasks.ticks);
    return Map.of(
        Triggers.SCHEDULE, message -> automations.settle(UUID.fromString(message.key())),
        Tasks.SCHEDULE, message -> tasks.settle(UUID.fromString(message.key())));
  }

  /** The timetable whose schedules these are. */
  public Timetable timetable() {
    return timetable;
  }

  /**
   * Makes a schedule right, and catches up what passed while it was not. Whoever writes last looks
   * into the database afterwards, so that two who do this at once end with what it says.
   */
  public void settle(UUID id) {
    Optional<Timing> wanted = timetable.find(id);
    while (true) {
      boolean isChanged = wanted.map(this::ensure).orElseGet(() -> delete(id));
      Optional<Timing> now = timetable.find(id);
      if (now.equals(wanted)) {
        if (isChanged) {
          timetable.catchUp(id);
        }
        return;
      }
      wanted = now;
    }
  }

  /** Deletes the schedules of what the clock does not start, or not any more. */
  public void deleteStrays() {
    for (String id : schedules.ids()) {
      Matcher own = OWN.matcher(id);
      if (own.matches() && own.group(1).equals(timetable.name())) {
        UUID of = UUID.fromString(own.group(2));
        if (timetable.find(of).isEmpty()) {
          settle(of);
        }
      }
    }
  }

  private boolean delete(UUID id) {
    schedules.delete(TickInput.scheduleId(timetable.name(), id));
    return false;
  }

  /** Whether something had to be mended. */
  private boolean ensure(Timing timing) {
    TickInput input = new TickInput(timetable.name(), timing.id());
    Schedule wanted = schedule(timing, input);
    Optional<Schedule> found = schedules.find(input.scheduleId());
    if (found.isPresent() && isSame(found.get(), wanted, input)) {
      return false;
    }
    schedules.put(input.scheduleId(), wanted);
    return true;
  }

  private static boolean isSame(Schedule found, Schedule wanted, TickInput input) {
    return TickSpec.isSame(found.getSpec(), wanted.getSpec())
        && found.getState() != null
        && !found.getState().isPaused()
        && !found.getState().isLimitedAction()
        && found.getPolicy() != null
        && found.getPolicy().getOverlap() == wanted.getPolicy().getOverlap()
        && found.getPolicy().getCatchupWindow().equals(wanted.getPolicy().getCatchupWindow())
        && found.getAction() instanceof ScheduleActionStartWorkflow action
        && action.getWorkflowType().equals(Tick.TYPE)
        && TaskQueues.AUTOMATION.equals(action.getOptions().getTaskQueue())
        && action.getArguments().getSize() == 1
        && input.equals(action.getArguments().get(0, TickInput.class));
  }

  private static Schedule schedule(Timing timing, TickInput input) {
    Duration catchUp =
        timing.catchUp().compareTo(SHORTEST_CATCH_UP) > 0 ? timing.catchUp() : SHORTEST_CATCH_UP;
    return Schedule.newBuilder()
        .setSpec(TickSpec.of(timing.times()))
        .setPolicy(
            SchedulePolicy.newBuilder()
                .setOverlap(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_ALLOW_ALL)
                .setCatchupWindow(catchUp)
                .build())
        .setAction(
            ScheduleActionStartWorkflow.newBuilder()
                .setWorkflowType(Tick.TYPE)
                .setArguments(input)
                .setOptions(options(timing, input))
                .build())
        .build();
  }

  private static WorkflowOptions options(Timing timing, TickInput input) {
    return Starts.options(
            TaskQueues.AUTOMATION,
            "tick/" + input.scheduleId(),
            input.timetable(),
            Texts.shortened(timing.name(), LONGEST_SUMMARY),
            "Records that an instant of "
                + input.scheduleId()
                + " is due. What runs then is decided in the database, which also makes this"
                + " schedule: what is changed here is changed back.")
        .build();
  }
}
