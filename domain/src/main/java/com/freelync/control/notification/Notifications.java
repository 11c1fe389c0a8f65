package com.freelync.control.notification;

import com.freelync.control.database.Transaction;
import com.freelync.control.identity.Directory;
import com.freelync.control.identity.PersonEntry;
import com.freelync.control.notification.InboxDao.TellRow;
import com.freelync.control.notification.InboxMessage.MailStatus;
import com.freelync.control.outbox.Outbox;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells people: in their inbox, and by mail where they have an address. */
public final class Notifications {
  /** The topic of the outbox under which mails are owed. */
  public static final String MAIL = "notification.mail";

  /** The one field of such a message: the inbox row, where everything else is read. */
  public static final String INBOX_ID = "inbox_id";

  private final Directory directory;
  private final Outbox outbox;
  private final Clock clock;
  private final Supplier<UUID> ids;

  public Notifications(Directory directory, Outbox outbox, Clock clock, Supplier<UUID> ids) {
    this.directory = directory;
    this.outbox = outbox;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * Tells everyone whom the notice is for, in the caller's transaction. Each active person is told
   * at most once for a key, however often and from wherever this is called.
   *
   * @return how many people were told anew
   */
  public int tell(Transaction transaction, Notice notice, @Nullable String requestId) {
    List<PersonEntry> people =
        directory.reachable(transaction.handle(), notice.roles(), notice.subjects()).stream()
            .filter(person -> !notice.except().contains(person.subject()))
            .toList();
    if (people.isEmpty()) {
      return 0;
    }
    List<TellRow> told =
        transaction
            .attach(InboxDao.class)
            .tell(
                people.stream().map(person -> ids.get()).toArray(UUID[]::new),
                people.stream().map(PersonEntry::subject).toArray(String[]::new),
                people.stream().map(person -> mailOf(notice, person)).toArray(String[]::new),
                notice.key(),
                notice.kind(),
                notice.subject(),
                notice.text(),
                notice.link(),
                requestId,
                clock.instant());
    outbox.append(
        transaction,
        MAIL,
        told.stream()
            .filter(row -> row.mail() == MailStatus.OWED)
            .map(row -> row.id().toString())
            .map(id -> new Outbox.Item(id, Map.of(INBOX_ID, id)))
            .toList(),
        requestId);
    return told.size();
  }

  private static String mailOf(Notice notice, PersonEntry person) {
    return (notice.mails() && person.hasAddress() ? MailStatus.OWED : MailStatus.NONE).name();
  }
}
