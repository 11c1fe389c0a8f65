package com.freelync.control.automation;

import com.freelync.control.approval.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a definition may speak of: the actions and event types that exist here. */
public interface Vocabulary {
  /** The signature of an action. */
  Optional<ActionSignature> action(String name);

  /** Whether there is a limit for an action, whoever calls it. */
  boolean isLimited(String action);

  /** All actions' names. */
  List<String> actionNames();

  /** The facts of an event type's entity, by dotted path; empty if there is no such type. */
  Optional<Map<String, FactType>> factsOf(String eventType);

  /** The field of an event type's data that holds its entity's id; empty if there is none. */
  Optional<String> idFieldOf(String eventType);

  /** A kind of entity by its name, such as payout. */
  Optional<Entity> entity(String name);

  /** The names of all kinds of entity. */
  List<String> entityNames();

  /** All event types. */
  List<String> eventTypes();

  /** The roles whose holders may approve. */
  Set<Role> approvers();

  /**
   * A kind of entity.
   *
   * @param idField the field of a trigger's data that holds its id
   * @param facts its facts, by dotted path
   * @param states the fields whose changes are seen, each with every value that it may take
   */
  record Entity(String idField, Map<String, FactType> facts, Map<String, List<String>> states) {}

  /** What a fact is. */
  enum FactType {
    NUMBER,
    TEXT,
    BOOLEAN,
    TIME,
    LIST,
    /** Whatever is given: who takes it checks it. */
    ANY
  }

  /**
   * How an action is called.
   *
   * @param name its name
   * @param inputs its inputs by name
   * @param outputs the fields of its result, to which later steps may refer
   * @param movesMoney whether an automation with it needs approval to become active
   */
  record ActionSignature(
      String name, List<InputField> inputs, List<OutputField> outputs, boolean movesMoney) {
    public ActionSignature {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
    }
  }

  /**
   * One input of an action.
   *
   * @param choices the values it may have; empty if any of its type
   */
  record InputField(
      String name, FactType type, boolean required, String meaning, List<String> choices) {
    public InputField {
      choices = List.copyOf(choices);
    }

    /** One that takes any value of its type. */
    public InputField(String name, FactType type, boolean required, String meaning) {
      this(name, type, required, meaning, List.of());
    }
  }

  /** One field of an action's result. */
  record OutputField(String name, FactType type) {}
}
