package com.freelync.control.local.stack;

import com.freelync.control.local.process.ProcessIdentity;
import java.util.List;
import java.util.Map;

/**
 * What runs and where: the content of {@code state.json} and of {@code status --json}.
 *
 * @param supervisor the process that keeps the parts
 * @param addresses by the names that the interface's description gives them ({@code api}, …)
 */
public record StackState(
    ProcessIdentity supervisor, Map<String, String> addresses, List<PartStatus> parts) {

  /** Keeps the addresses in their order. */
  public StackState {
    addresses = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(addresses));
    parts = List.copyOf(parts);
  }

  /** Whether every part is ready and the supervisor is there. */
  public boolean isReady() {
    return isSupervised()
        && parts.stream().allMatch(part -> part.state() == PartStatus.State.READY);
  }

  /** Whether the supervisor still runs. */
  public boolean isSupervised() {
    return supervisor.running().isPresent();
  }

  /**
   * An address.
   *
   * @throws IllegalStateException when there is none of that name
   */
  public String address(String name) {
    String address = addresses.get(name);
    if (address == null) {
      throw new IllegalStateException("the running stack has no address '" + name + "'");
    }
    return address;
  }
}
