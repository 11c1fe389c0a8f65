package com.freelync.control.notification;

import com.freelync.control.api.paging.Filters;
import com.freelync.control.api.paging.Page;
import com.freelync.control.api.paging.PageRequest;
import com.freelync.control.api.paging.PathIds;
import com.freelync.control.api.request.Caller;
import com.freelync.control.api.security.AnyPerson;
import com.freelync.control.database.Cursor;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The caller's own inbox. */
@Path("/me/inbox")
@Produces(MediaType.APPLICATION_JSON)
public final class InboxResource {
  private final Inbox inbox;

  public InboxResource(Inbox inbox) {
    this.inbox = inbox;
  }

  /** The caller's messages. */
  @GET
  @AnyPerson
  @Operation(summary = "Lists what you were told, the newest first")
  public Page<MessageView> listInbox(
      @QueryParam("unread") @Nullable String unread,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("cursor") @Nullable String cursor,
      @Parameter(hidden = true) @Context Caller caller) {
    PageRequest page = PageRequest.of(limit, cursor);
    return Page.of(
        inbox.list(
            caller.person().subject(), Filters.truth("unread", unread), page.after(), page.rows()),
        page,
        message -> new Cursor(message.createdAt(), message.id()),
        MessageView::of);
  }

  /** Marks one of the caller's messages as read. */
  @POST
  @Path("/{id}/read")
  @AnyPerson
  @Operation(summary = "Marks one of your messages as read")
  public MessageView readMessage(
      @PathParam("id") String id, @Parameter(hidden = true) @Context Caller caller) {
    return MessageView.of(inbox.markRead(caller.person().subject(), PathIds.read("message", id)));
  }

  /**
   * A message.
   *
   * @param link where to go on: a path of this interface, an address, or empty
   * @param mail what became of its mail: NONE, OWED, SENT or FAILED
   */
  public record MessageView(
      UUID id,
      String kind,
      String subject,
      String text,
      String link,
      InboxMessage.MailStatus mail,
      Instant createdAt,
      @Nullable Instant readAt) {
    static MessageView of(InboxMessage message) {
      return new MessageView(
          message.id(),
          message.kind(),
          message.subject(),
          message.text(),
          message.link(),
          message.mail(),
          message.createdAt(),
          message.readAt());
    }
  }
}
