package com.freelync.control.automation;

import com.freelync.control.automation.AutomationDao.AutomationRow;
import com.freelync.control.database.Json;
import com.freelync.control.problem.RequestRefused;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a change makes of an automation.
 *
 * @param from where it stood
 * @param to where it stands afterwards
 * @param document the definition afterwards, as written
 * @param definition the same, parsed and checked
 * @param version the latest version afterwards
 * @param activeVersion the version that runs afterwards
 * @param isEdited whether there is a new version
 * @param isAsked whether people are asked to let the latest version run
 * @param isActivated whether the latest version becomes the one that runs
 */
record AutomationChange(
    AutomationStatus from,
    AutomationStatus to,
    Map<String, Object> document,
    Definition definition,
    int version,
    @Nullable Integer activeVersion,
    boolean isEdited,
    boolean isActivated,
    boolean isAsked) {

  /**
   * Decides what becomes of the automation.
   *
   * @throws RequestRefused if the move is illegal or the definition invalid
   */
  static AutomationChange of(
      AutomationRow row, Map<String, Object> changes, DefinitionGate gate, ActionCatalog catalog) {
    Map<String, Object> edits = new LinkedHashMap<>(changes);
    AutomationStatus from = AutomationStatus.valueOf(row.status());
    AutomationStatus asked = AutomationStatus.read(edits.remove("status"), from);
    refuseIllegal(from, asked, !edits.isEmpty());
    Map<String, Object> document = Json.readObject(row.definitionJson());
    document.putAll(edits);
    document.values().removeIf(Objects::isNull);
    int version = row.latestVersion() + (edits.isEmpty() ? 0 : 1);
    boolean wanted =
        asked == AutomationStatus.ACTIVE && !Objects.equals(row.activeVersion(), version);
    // What is stored may be paused, archived, or resumed as it was approved, even where it would
    // no longer pass the checks.
    boolean resumes = resumesApproved(row, from, edits.isEmpty(), catalog);
    boolean checks = (wanted && !resumes) || !edits.isEmpty();
    Definition definition = checks ? gate.check(document) : StoredDefinitions.parse(document);
    if (wanted && !resumes) {
      gate.checkRunnable(definition);
    }
    boolean activated = wanted && !catalog.movesMoney(definition.steps());
    return new AutomationChange(
        from,
        afterwards(from, asked, wanted && !activated, row.activeVersion(), !edits.isEmpty()),
        document,
        definition,
        version,
        activated ? Integer.valueOf(version) : row.activeVersion(),
        !edits.isEmpty(),
        activated,
        wanted && !activated && !resumes);
  }

  /** Whether it was paused while an edit that moves money waits: the approved version goes on. */
  private static boolean resumesApproved(
      AutomationRow row, AutomationStatus from, boolean isUnedited, ActionCatalog catalog) {
    return from == AutomationStatus.PAUSED
        && isUnedited
        && row.activeVersion() != null
        && catalog.movesMoney(
            StoredDefinitions.parse(Json.readObject(row.definitionJson())).steps());
  }

  private static void refuseIllegal(
      AutomationStatus from, AutomationStatus asked, boolean isEdited) {
    if (asked != from && !from.next().contains(asked)) {
      throw new RequestRefused.IllegalMove(
          "An automation that is " + from + " cannot become " + asked + ".", from.nextWords());
    }
    if (from == AutomationStatus.ARCHIVED && isEdited) {
      throw new RequestRefused.IllegalMove(
          "An archived automation cannot be edited.", from.nextWords());
    }
  }

  /** A version that moves money waits; what was approved before it goes on as it was. */
  private static AutomationStatus afterwards(
      AutomationStatus from,
      AutomationStatus asked,
      boolean waits,
      @Nullable Integer activeVersion,
      boolean isEdited) {
    if (waits) {
      boolean runs = from == AutomationStatus.ACTIVE || from == AutomationStatus.PAUSED;
      return runs && activeVersion != null ? AutomationStatus.ACTIVE : AutomationStatus.PENDING;
    }
    boolean withdrawn = isEdited && asked == AutomationStatus.PENDING;
    return withdrawn ? AutomationStatus.DRAFT : asked;
  }

  /** Whether it stops what runs or lets the same go on: nothing is edited, asked or activated. */
  boolean isPauseOrResume() {
    boolean runs = to == AutomationStatus.ACTIVE || to == AutomationStatus.PAUSED;
    boolean ran = from == AutomationStatus.ACTIVE || from == AutomationStatus.PAUSED;
    return runs && ran && !isEdited && !isAsked && !isActivated;
  }

  /** What the audit log says of it. */
  Map<String, Object> details(Missed missed) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("from", from.name());
    details.put("to", to.name());
    details.put("version", version);
    if (missed == Missed.RUN) {
      details.put("missed", missed.word());
    }
    return details;
  }
}
