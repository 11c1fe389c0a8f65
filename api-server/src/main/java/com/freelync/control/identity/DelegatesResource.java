package com.freelync.control.identity;

import com.freelync.control.api.request.Caller;
import com.freelync.control.api.security.AnyPerson;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who may approve in the caller's stead. */
@Path("/me/delegates")
@Produces(MediaType.APPLICATION_JSON)
public final class DelegatesResource {
  private final Delegations delegations;

  public DelegatesResource(Delegations delegations) {
    this.delegations = delegations;
  }

  /** The caller's delegates. */
  @GET
  @AnyPerson
  @Operation(summary = "Who may approve in your stead, now or later")
  public Delegates getDelegates(@Parameter(hidden = true) @Context Caller caller) {
    return Delegates.of(delegations.of(caller.person().subject()));
  }

  /** Replaces the caller's delegates. */
  @PUT
  @AnyPerson
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Says who may approve in your stead, replacing whom you named before",
      description = "From then on the delegates that the configuration has for you do not count.")
  public Delegates setDelegates(Delegates body, @Parameter(hidden = true) @Context Caller caller) {
    return Delegates.of(
        delegations.replace(
            body.delegates().stream().map(Delegate::delegation).toList(), caller.actor()));
  }

  /** A list of delegates. */
  public record Delegates(List<Delegate> delegates) {
    static Delegates of(List<Delegation> delegations) {
      return new Delegates(delegations.stream().map(Delegate::of).toList());
    }
  }

  /**
   * One delegate.
   *
   * @param to the subject who may approve
   * @param validFrom the first moment; null for at once
   * @param validUntil when it is over; null until it is taken back
   */
  public record Delegate(String to, @Nullable Instant validFrom, @Nullable Instant validUntil) {
    static Delegate of(Delegation delegation) {
      return new Delegate(delegation.to(), delegation.validFrom(), delegation.validUntil());
    }

    Delegation delegation() {
      return new Delegation(to, validFrom, validUntil);
    }
  }
}
