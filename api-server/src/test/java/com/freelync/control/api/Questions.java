package com.freelync.control.api;

import com.freelync.control.ControlCenter;
import com.freelync.control.automation.StepPlace;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/** Questions to people, as tests need them. */
final class Questions {
  private Questions() {}

  /** An execution that waits for the CFO, and the question. */
  record Asked(String execution, String approval) {}

  /** A new execution of an automation of the admin's, started by the operator, that waits. */
  static Asked asked(TestApi api) {
    Answer made =
        api.as("admin", "POST", "/admin/workflows")
            .json(
                """
                {"name": "Asks", "trigger": "manual", "status": "ACTIVE",
                 "steps": [{"approval": {"name": "finance", "slots": [["CFO"]], "timeout": "PT72H",
                                         "remind_after": "PT4H", "escalate_after": {"PT24H": ["CEO"]}}}]}
                """)
            .send();
    Answer started =
        api.as("operator", "POST", "/admin/workflows/" + made.text("/id") + "/execute")
            .json("{\"trigger_data\": {}}")
            .send();
    UUID execution = UUID.fromString(started.text("/execution_id"));
    ControlCenter worker = new ControlCenter(api.database.as("control_worker"), Clock.systemUTC());
    worker.runs.begin(execution);
    UUID approval =
        worker
            .runApprovals
            .ask(
                execution,
                StepPlace.of("/steps/0"),
                "execution/" + execution + "/r1",
                Instant.now())
            .orElseThrow()
            .id();
    return new Asked(execution.toString(), approval.toString());
  }

  /** A question that the CFO has answered. */
  static String decided(TestApi api) {
    Asked asked = asked(api);
    api.as("cfo", "POST", "/admin/executions/" + asked.execution() + "/approve").json("{}").send();
    return asked.approval();
  }
}
