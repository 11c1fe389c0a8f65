package com.freelync.control.notification;

import com.freelync.control.database.Database;
import com.freelync.control.identity.Directory;
import com.freelync.control.notification.InboxDao.MailRow;
import com.freelync.control.notification.InboxMessage.MailStatus;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** The mails that are owed, and what became of them. */
public final class OwedMails {
  private final Database database;
  private final Directory directory;
  private final Clock clock;

  public OwedMails(Database database, Directory directory, Clock clock) {
    this.database = database;
    this.directory = directory;
    this.clock = clock;
  }

  /**
   * The mail of an inbox message, to the address that the directory has now. Empty if it was sent
   * before, or if its person has left or has no address any more.
   */
  public Optional<Mail> find(UUID inboxId) {
    return database.read(
        handle ->
            handle
                .attach(InboxDao.class)
                .mail(inboxId)
                .filter(row -> row.mail() != MailStatus.SENT)
                .flatMap(
                    row ->
                        directory
                            .address(handle, row.person())
                            .map(address -> mail(inboxId, row, address))));
  }

  private static Mail mail(UUID inboxId, MailRow row, String address) {
    return new Mail(inboxId, address, row.subject(), row.text(), row.link());
  }

  /** Notes that a mail server took it. */
  public void sent(UUID inboxId) {
    database.transaction(
        transaction -> transaction.attach(InboxDao.class).sent(inboxId, clock.instant()));
  }

  /** Notes that there is nobody to send it to; a mail that was sent stays sent. */
  public void withoutAddress(UUID inboxId) {
    settle(inboxId, MailStatus.NONE);
  }

  /** Notes that it was given up. */
  public void givenUp(UUID inboxId) {
    settle(inboxId, MailStatus.FAILED);
  }

  private void settle(UUID inboxId, MailStatus status) {
    database.transaction(transaction -> transaction.attach(InboxDao.class).unsent(inboxId, status));
  }
}
