package com.freelync.control.temporal;

import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.common.SearchAttributeKey;
import java.util.LinkedHashMap;
import java.util.Map;

/** What operators search runs by. They hold ids and names of automations, never personal data. */
public final class ControlAttributes {
  /** The capability that a workflow belongs to. */
  public static final SearchAttributeKey<String> CAPABILITY =
      SearchAttributeKey.forKeyword("ControlCapability");

  /** The automation that runs. */
  public static final SearchAttributeKey<String> AUTOMATION_NAME =
      SearchAttributeKey.forKeyword("AutomationName");

  /** The subject who, or the service which, triggered it. */
  public static final SearchAttributeKey<String> TRIGGERED_BY =
      SearchAttributeKey.forKeyword("TriggeredBy");

  /** The roles that it waits for. */
  public static final SearchAttributeKey<String> AWAITING_APPROVAL =
      SearchAttributeKey.forKeyword("AwaitingApproval");

  /** Whether it only simulates. */
  public static final SearchAttributeKey<Boolean> SIMULATED =
      SearchAttributeKey.forBoolean("Simulated");

  private ControlAttributes() {}

  /** Every attribute with its type, as a cluster must know it. */
  public static Map<String, IndexedValueType> types() {
    Map<String, IndexedValueType> types = new LinkedHashMap<>();
    types.put(CAPABILITY.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD);
    types.put(AUTOMATION_NAME.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD);
    types.put(TRIGGERED_BY.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD);
    types.put(AWAITING_APPROVAL.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD);
    types.put(SIMULATED.getName(), IndexedValueType.INDEXED_VALUE_TYPE_BOOL);
    return types;
  }
}
